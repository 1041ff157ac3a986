#pragma once
/// upsample — y[c,h,w] = x[c, h / S, w / S], rounded down: every pixel becomes a block of SH x SW equal ones.
/// The key's strides are SH and SW.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// dx[c,h,w] = sum_{u,v} dy[c, h·S+u, w·S+v].   Operands: dy → dx
struct upsample_gradient {
    static constexpr const char* name = "upsample_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.y.size(); }
};

/// Operands: x → y
struct upsample {
    static constexpr const char* name = "upsample";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value x, int down, int right) {
        key k;
        k.x = g.extents(x);
        k.y = shape(k.x.d0, k.x.d1 * down, k.x.d2 * right);
        k.win.stride_h = down, k.win.stride_w = right;
        return g.apply<upsample>(k, {x}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<upsample_gradient>(o.k, {d.of(o.out[0])}, o.k.x));
    }
};

template <key K, class F>
struct definition<upsample::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        const auto x = image_of(c.at[0], at.n, K.x, K.channels_last);
        c.at[1][i] = x(y.c, y.h / K.win.stride_h, y.w / K.win.stride_w);
    }
};

template <key K, class F>
struct definition<upsample_gradient::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image x(at.e, K.x, K.channels_last);
        const auto dy = image_of(c.at[0], at.n, K.y, K.channels_last);
        Accumulator sum = 0;
        for (int u = 0; u < K.win.stride_h; ++u)
            for (int v = 0; v < K.win.stride_w; ++v)
                sum += Accumulator(dy(x.c, x.h * K.win.stride_h + u, x.w * K.win.stride_w + v));
        c.at[1][i] = T(sum);
    }
};

} // namespace strata::inline STRATA_ABI::operations
