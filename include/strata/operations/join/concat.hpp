#pragma once
/// concat — joins two values along their channels (images of equal height and width) or features.
///   x [A, H, W], w [B, H, W] → y [A + B, H, W]
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// y = x[begin, begin + C') along the channels.   Operands: x → y
struct slice {
    static constexpr const char* name = "slice";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
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
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value a, value b) {
        key k;
        k.x = g.extents(a);
        k.w = g.extents(b);
        k.y = k.x;
        k.y.d0 += k.w.d0;
        return g.apply<concat>(k, {a, b}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value dy = d.of(o.out[0]);
        if (d.wanted(o.in[0])) d.contribute(o.in[0], slice::append(g, dy, 0, o.k.x));
        if (d.wanted(o.in[1])) d.contribute(o.in[1], slice::append(g, dy, o.k.x.d0, o.k.w));
    }
};

} // namespace strata::inline STRATA_ABI::operations
