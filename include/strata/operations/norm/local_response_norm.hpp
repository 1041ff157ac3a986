#pragma once
/// local_response_norm — y[c] = x[c] · s[c]^−beta, s[c] = k + alpha / S · the sum of x² over the S channels around c,
/// at each position (Krizhevsky, Sutskever & Hinton 2012). Channels beyond the ends are zeros: the window of c begins
/// S / 2 channels before it. The function of the key has alpha, beta and k, the kernel of its window is S.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::operations {

/// dx[c] = dy[c] · s[c]^−beta − 2 · alpha · beta / S · x[c] · sum_j dy[j] · x[j] · s[j]^(−beta − 1), j the channels
/// whose windows hold c.   Operands: x, dy → dx
struct local_response_norm_gradient {
    static constexpr const char* name = "local_response_norm_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return (3 * k.win.kernel_h + 10) * k.x.size(); }
};

/// Operands: x → y
struct local_response_norm {
    static constexpr const char* name = "local_response_norm";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return (2 * k.win.kernel_h + 5) * k.x.size(); }

    /// F has the constants alpha, beta and k.
    template <class F>
    static constexpr value append(graph& g, value x, int size) {
        key k;
        k.x = k.y = g.extents(x);
        k.win.kernel_h = size;
        k.function = g.function(&function_id<F>);
        return g.apply<local_response_norm>(k, {x}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<local_response_norm_gradient>(o.k, {o.in[0], d.of(o.out[0])}, o.k.x));
    }
};

/// s of a channel, from the channels of its position.
template <key K, class F, class Accumulator, class Row>
STRATA_HD Accumulator local_response(const Row& x, int channel) {
    constexpr int size = K.win.kernel_h, before = size / 2, after = (size - 1) / 2;
    const int first = channel > before ? channel - before : 0;
    const int last = channel < K.x.d0 - 1 - after ? channel + after : K.x.d0 - 1;
    Accumulator sum = 0;
    for (int c = first; c <= last; ++c) sum += Accumulator(x(c)) * Accumulator(x(c));
    return Accumulator(F::k) + Accumulator(F::alpha) / Accumulator(size) * sum;
}

/// An item is a position.
template <key K, class F>
struct definition<local_response_norm::kind, K, F> {
    static constexpr long long items = positions_of(K.x);
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        using std::pow;
        const place_in_batch at(i, items);
        const auto x = pixel_of(c.at[0], at.n, at.e, K.x, K.channels_last);
        const auto y = pixel_of(c.at[1], at.n, at.e, K.x, K.channels_last);
        for (int e = 0; e < K.x.d0; ++e)
            y(e) = T(Accumulator(x(e)) * pow(local_response<K, F, Accumulator>(x, e), -Accumulator(F::beta)));
    }
};

template <key K, class F>
struct definition<local_response_norm_gradient::kind, K, F> {
    static constexpr long long items = positions_of(K.x);
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        using std::pow;
        constexpr int size = K.win.kernel_h, before = (size - 1) / 2, after = size / 2;
        constexpr double slope = 2 * F::alpha * F::beta / size;
        const place_in_batch at(i, items);
        const auto x = pixel_of(c.at[0], at.n, at.e, K.x, K.channels_last);
        const auto dy = pixel_of(c.at[1], at.n, at.e, K.x, K.channels_last);
        const auto dx = pixel_of(c.at[2], at.n, at.e, K.x, K.channels_last);
        for (int e = 0; e < K.x.d0; ++e) {
            const int first = e > before ? e - before : 0, last = e < K.x.d0 - 1 - after ? e + after : K.x.d0 - 1;
            Accumulator sum = 0;
            for (int j = first; j <= last; ++j)
                sum += Accumulator(dy(j)) * Accumulator(x(j))
                       * pow(local_response<K, F, Accumulator>(x, j), -Accumulator(F::beta) - Accumulator(1));
            dx(e) = T(Accumulator(dy(e)) * pow(local_response<K, F, Accumulator>(x, e), -Accumulator(F::beta))
                      - Accumulator(slope) * Accumulator(x(e)) * sum);
        }
    }
};

} // namespace strata::inline STRATA_ABI::operations
