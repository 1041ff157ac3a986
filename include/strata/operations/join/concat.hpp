#pragma once
/// concat — joins two values along their channels (images of equal height and width) or features.
///   x [A, H, W], w [B, H, W] → y [A + B, H, W]
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// y = x[begin, begin + C') along the channels.   Operands: x → y
struct slice {
    static constexpr const char* name = "slice";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value x, int begin, const shape& y) {
        key k;
        k.x = g.extents(x);
        k.y = y;
        k.begin = begin;
        return g.apply<slice>(k, {x}, y);
    }
};

/// Operands: x, w → y
struct concat {
    static constexpr const char* name = "concat";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value a, value b) {
        key k;
        k.x = g.extents(a);
        k.w = g.extents(b);
        k.y = k.x.with_channels(k.x.channels() + k.w.channels());
        return g.apply<concat>(k, {a, b}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value dy = d.of(o.out[0]);
        if (d.wanted(o.in[0])) d.contribute(o.in[0], slice::append(g, dy, 0, o.k.x));
        if (d.wanted(o.in[1])) d.contribute(o.in[1], slice::append(g, dy, o.k.x.channels(), o.k.w));
    }
};

template <key K, class F>
struct definition<concat::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        c.at[2][i] = y.c < K.x.d0 ? image_of(c.at[0], at.n, K.x, K.channels_last)(y.c, y.h, y.w)
                                  : image_of(c.at[1], at.n, K.w, K.channels_last)(y.c - K.x.d0, y.h, y.w);
    }
};

template <key K, class F>
struct definition<slice::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        c.at[1][i] = image_of(c.at[0], at.n, K.x, K.channels_last)(K.begin + y.c, y.h, y.w);
    }
};

} // namespace strata::inline STRATA_ABI::operations
