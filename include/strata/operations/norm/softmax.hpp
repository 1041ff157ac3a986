#pragma once
/// softmax — y[n,k] = exp(x[n,k]) / sum_j exp(x[n,j]), over features, or over the channels of each pixel.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

#include <cmath>
#include <type_traits>

namespace strata::inline STRATA_ABI::operations {

/// dx[k] = y[k] · (dy[k] − sum_j dy[j] · y[j]).   Operands: y, dy → dx
struct softmax_gradient {
    static constexpr const char* name = "softmax_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return 4 * k.x.size(); }
};

/// Operands: x → y
struct softmax {
    static constexpr const char* name = "softmax";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return 4 * k.x.size(); }

    static constexpr value append(graph& g, value x) {
        key k;
        k.x = k.y = g.extents(x);
        return g.apply<softmax>(k, {x}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        key k = o.k;
        d.contribute(o.in[0], g.apply<softmax_gradient>(k, {o.out[0], d.of(o.out[0])}, k.x));
    }
};

/// An item is a pixel, or a flat value. Every x is reduced by the largest, so that no exponential overflows.
template <key K, class F>
struct definition<softmax::kind, K, F> {
    static constexpr long long items = positions_of(K.x);
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        using std::exp, std::fmax;
        const place_in_batch at(i, items);
        const auto x = pixel_of(c.at[0], at.n, at.e, K.x, K.channels_last);
        const auto y = pixel_of(c.at[1], at.n, at.e, K.x, K.channels_last);
        Accumulator largest = Accumulator(x(0)), sum = 0;
        for (int k = 1; k < K.x.d0; ++k) largest = fmax(largest, Accumulator(x(k)));
        if constexpr (std::is_same_v<Accumulator, T>) {
            for (int k = 0; k < K.x.d0; ++k) sum += y(k) = exp(x(k) - largest);
            for (int k = 0; k < K.x.d0; ++k) y(k) /= sum;
        } else { // what stood in y would be rounded once more
            for (int k = 0; k < K.x.d0; ++k) sum += exp(Accumulator(x(k)) - largest);
            for (int k = 0; k < K.x.d0; ++k) y(k) = T(exp(Accumulator(x(k)) - largest) / sum);
        }
    }
};

template <key K, class F>
struct definition<softmax_gradient::kind, K, F> {
    static constexpr long long items = positions_of(K.x);
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const auto y = pixel_of(c.at[0], at.n, at.e, K.x, K.channels_last);
        const auto dy = pixel_of(c.at[1], at.n, at.e, K.x, K.channels_last);
        const auto dx = pixel_of(c.at[2], at.n, at.e, K.x, K.channels_last);
        Accumulator sum = 0;
        for (int j = 0; j < K.x.d0; ++j) sum += Accumulator(dy(j)) * Accumulator(y(j));
        for (int k = 0; k < K.x.d0; ++k) dx(k) = T(Accumulator(y(k)) * (Accumulator(dy(k)) - sum));
    }
};

} // namespace strata::inline STRATA_ABI::operations
