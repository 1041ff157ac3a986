#pragma once
/// pad — y[c,h,w] = x[c, h−top, w−left], and 0 where that is outside x: rows and columns of zeros around an image.
/// crop — y[c,h,w] = x[c, h+top, w+left]: a part of an image. Each is the gradient of the other. The key's window holds
/// the rows and columns at the four sides, which the larger of the two images has more.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x → y
struct crop {
    static constexpr const char* name = "crop";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value x, const window& around, const shape& y) {
        key k;
        k.x = g.extents(x);
        k.y = y;
        k.win = around;
        return g.apply<crop>(k, {x}, y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o);
};

/// Operands: x → y
struct pad {
    static constexpr const char* name = "pad";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value x, const window& around, const shape& y) {
        key k;
        k.x = g.extents(x);
        k.y = y;
        k.win = around;
        return g.apply<pad>(k, {x}, y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], crop::append(g, d.of(o.out[0]), o.k.win, o.k.x));
    }
};

constexpr void crop::differentiate(graph& g, gradients& d, const operation& o) {
    d.contribute(o.in[0], pad::append(g, d.of(o.out[0]), o.k.win, o.k.x));
}

template <key K, class F>
struct definition<pad::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        const int h = y.h - K.win.top, w = y.w - K.win.left;
        const bool inside = h >= 0 && h < K.x.d1 && w >= 0 && w < K.x.d2;
        c.at[1][i] = inside ? image_of(c.at[0], at.n, K.x, K.channels_last)(y.c, h, w) : T(0);
    }
};

template <key K, class F>
struct definition<crop::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        c.at[1][i] = image_of(c.at[0], at.n, K.x, K.channels_last)(y.c, y.h + K.win.top, y.w + K.win.left);
    }
};

} // namespace strata::inline STRATA_ABI::operations
