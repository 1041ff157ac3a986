#pragma once
/// leaky_relu<Slope> — y = x where x > 0, else Slope · x; of any shape. Slope is 0.01 unless given: leaky_relu<0.2>.
/// Its brackets are needed, empty or not: leaky_relu<>.
/// Source: Maas, Hannun & Ng 2013
#include <strata/layers/pointwise/elementwise.hpp>
#include <strata/layers/real.hpp>

namespace strata::inline STRATA_ABI {

template <real Slope>
struct leaky_relu_function {
    static constexpr void spell(text& t) {
        Slope.number() == 0.01 ? t.add("leaky_relu<>") : t.add("leaky_relu<", Slope.number(), ">");
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V f(V x) {
        return select(x > V(0), x, x * V(Slope.number()));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V df(V x) {
        return select(x > V(0), V(1), V(Slope.number()));
    }
};
template <real Slope = 0.01>
struct leaky_relu : elementwise<leaky_relu_function<Slope>> {
}; // no alias: nvcc 13 cannot carry one with a number in it

} // namespace strata::inline STRATA_ABI
