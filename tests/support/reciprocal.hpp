#pragma once
/// 1 / x, of 0 too: what a user's function may do.
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata_tests {

struct reciprocal_function {
    static constexpr const char* name = "reciprocal";
    template <class V>
    static V f(V x) {
        return V(1) / x;
    }
    template <class V>
    static V df(V x) {
        return V(-1) / (x * x);
    }
};
using reciprocal = strata::elementwise<reciprocal_function>;

} // namespace strata_tests
