#pragma once
/// pass — y = x, at no cost: a branch that does nothing.
#include <strata/layers/run_layer.hpp>

namespace strata::inline v0_1 {

struct pass {
    static constexpr value build(graph&, value x) { return x; }
    static constexpr void spell(text& t) { t.add("pass"); }
};

} // namespace strata::inline v0_1
