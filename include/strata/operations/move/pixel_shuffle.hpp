#pragma once
/// pixel_shuffle — y[c, h·S+u, w·S+v] = x[c·S²+u·S+v, h, w]: S² channels become blocks of S x S pixels.
/// pixel_unshuffle — y[c·S²+u·S+v, h, w] = x[c, h·S+u, w·S+v]. Each is the gradient of the other.
/// The key's stride is S.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x → y
struct pixel_unshuffle {
    static constexpr const char* name = "pixel_unshuffle";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value x, int s) {
        key k;
        k.x = g.extents(x);
        k.y = shape(k.x.d0 * s * s, k.x.d1 / s, k.x.d2 / s);
        k.win.stride_h = k.win.stride_w = s;
        return g.apply<pixel_unshuffle>(k, {x}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o);
};

/// Operands: x → y
struct pixel_shuffle {
    static constexpr const char* name = "pixel_shuffle";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value x, int s) {
        key k;
        k.x = g.extents(x);
        k.y = shape(k.x.d0 / (s * s), k.x.d1 * s, k.x.d2 * s);
        k.win.stride_h = k.win.stride_w = s;
        return g.apply<pixel_shuffle>(k, {x}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], pixel_unshuffle::append(g, d.of(o.out[0]), o.k.win.stride_h));
    }
};

constexpr void pixel_unshuffle::differentiate(graph& g, gradients& d, const operation& o) {
    d.contribute(o.in[0], pixel_shuffle::append(g, d.of(o.out[0]), o.k.win.stride_h));
}

template <key K, class F>
struct definition<pixel_shuffle::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        constexpr int s = K.win.stride_h;
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        c.at[1][i] =
            image_of(c.at[0], at.n, K.x, K.channels_last)(y.c * s * s + y.h % s * s + y.w % s, y.h / s, y.w / s);
    }
};

template <key K, class F>
struct definition<pixel_unshuffle::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        constexpr int s = K.win.stride_h;
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        c.at[1][i] =
            image_of(c.at[0], at.n, K.x, K.channels_last)(y.c / (s * s), y.h * s + y.c / s % s, y.w * s + y.c % s);
    }
};

} // namespace strata::inline STRATA_ABI::operations
