#pragma once
/// scale_channels — y[c,h,w] = x[c,h,w] · s[c]: each channel of an image or signal by a value of the same sample.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// ds[c] = sum_{h,w} x[c,h,w] · dy[c,h,w].   Operands: x, dy → ds
struct channel_products {
    static constexpr const char* name = "channel_products";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 2 * k.x.size(); }
};

/// s is flat, or an image of one pixel.   Operands: x, s → y
struct scale_channels {
    static constexpr const char* name = "scale_channels";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.x.size(); }

    static constexpr value append(graph& g, value x, value s) {
        key k;
        k.x = k.y = g.extents(x);
        return g.apply<scale_channels>(k, {x, s}, k.y);
    }
    /// dx[c,h,w] = dy[c,h,w] · s[c]
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value x = o.in[0], s = o.in[1], dy = d.of(o.out[0]);
        if (d.wanted(x)) d.contribute(x, append(g, dy, s));
        if (d.wanted(s)) {
            key k;
            k.x = g.extents(x), k.y = g.extents(s);
            d.contribute(s, g.apply<channel_products>(k, {x, dy}, k.y));
        }
    }
};

template <key K, class F>
struct definition<scale_channels::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image x(at.e, K.x, K.channels_last);
        c.at[2][i] = T(Accumulator(c.at[0][i]) * Accumulator(c.at[1][1LL * at.n * K.x.d0 + x.c]));
    }
};

/// An item is a channel.
template <key K, class F>
struct definition<channel_products::kind, K, F> {
    static constexpr long long items = K.x.d0;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        constexpr int pixels = positions_of(K.x), channels = K.x.d0;
        const place_in_batch at(i, items);
        Accumulator sum = 0;
        for (int p = 0; p < pixels; ++p) {
            const long long e = at.n * K.x.size() + (K.channels_last ? p * channels + at.e : at.e * pixels + p);
            sum += Accumulator(c.at[0][e]) * Accumulator(c.at[1][e]);
        }
        c.at[2][i] = T(sum);
    }
};

} // namespace strata::inline STRATA_ABI::operations
