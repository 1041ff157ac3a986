#pragma once
/// A user's function of any number, written for registers too, with its derivative taken at x.
#include <cmath>
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata_tests {

struct softsign_function {
    static constexpr const char* name = "softsign";
    template <class V>
    STRATA_HD static V f(V x) {
        using std::abs;
        return x / (V(1) + abs(x));
    }
    template <class V>
    STRATA_HD static V df(V x) {
        using std::abs;
        const V d = V(1) + abs(x);
        return V(1) / (d * d);
    }
};
using softsign = strata::elementwise<softsign_function>;

} // namespace strata_tests
