#pragma once
/// loss_part — one of several losses of a network, as it has set itself up: see losses<...>.
#include <strata/plan/graph/value.hpp>

namespace strata::inline STRATA_ABI::core {

struct loss_part {
    const char* output = ""; ///< the name of the output that it is on
    value target{}, loss{};
    value differentiated{}, output_gradient{}; ///< where the reverse pass starts, and with what
};

} // namespace strata::inline STRATA_ABI::core
