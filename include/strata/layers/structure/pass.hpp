#pragma once
/// pass — y = x, at no cost: the identity, for a branch that does nothing.
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI {

struct pass {
    static constexpr value build(graph&, value x) { return x; }
    static constexpr void spell(text& t) { t.add("pass"); }
};

} // namespace strata::inline STRATA_ABI
