#pragma once
/// named_value — a value that has a name in its network: what tag<"name"> names, and a port, an input or output. The
/// only input or output of a network may have none: "".
#include <strata/plan/graph/value.hpp>

namespace strata::inline STRATA_ABI::core {

struct named_value {
    const char* name = "";
    value what{};
    int padded_like = -1; ///< of an output: the input whose padded positions it has; −1: none
};

} // namespace strata::inline STRATA_ABI::core
