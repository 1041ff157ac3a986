#pragma once
/// elu<Alpha> — y = x where x > 0, else Alpha · (exp(x) − 1); of any shape. Alpha is 1 unless given: elu<0.5>.
/// Its brackets are needed, empty or not: elu<>.
///   dy/dx = 1 where x > 0, else Alpha · exp(x) = y + Alpha: at 0 it is Alpha, as in PyTorch
/// Rules    Alpha is at least 0              (tests/compile_fail/pointwise/elu_alpha.cpp)
/// Source   Clevert, Unterthiner & Hochreiter 2016; torch.nn.ELU, keras.layers.ELU
#include <strata/base/elementary.hpp>
#include <strata/layers/pointwise/elementwise.hpp>
#include <strata/layers/real.hpp>

namespace strata::inline STRATA_ABI {

template <real Alpha>
struct elu_function {
    static constexpr void spell(text& t) { Alpha.number() == 1 ? t.add("elu<>") : t.add("elu<", Alpha.number(), ">"); }
    /// What select leaves out is computed as well, and must not overflow.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x) {
        return select(x > V(0), x, V(Alpha.number()) * elementary::expm1(select(x > V(0), V(0), x)));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df_of_output(V y) {
        return select(y > V(0), V(1), y + V(Alpha.number()));
    }
};

template <real Alpha = 1>
struct elu : elementwise<elu_function<Alpha>> {
    static constexpr value build(graph& g, value x) {
        if (!(Alpha.number() >= 0 && Alpha.number() <= 3.4e38))
            return g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "an alpha of ", Alpha.number(),
                              " is not possible. Use a number of at least 0, such as elu<1>.");
        return elementwise<elu_function<Alpha>>::build(g, x);
    }
};

} // namespace strata::inline STRATA_ABI
