#pragma once
/// avg_pool — y[n,c,i,j] = sum_{u,v} x[n, c, i·S+u·D−top, j·S+v·D−left] / area, where the area counts the window's
/// positions inside the padded input (PyTorch's count_include_pad = True) or, with k.excludes_padding, inside the
/// input.
#include <strata/call/definition.hpp>
#include <strata/call/windows.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// How many positions of the window that begins at `start` lie in [first, last), in coordinates of the input; 1 of a
/// window that has none, whose sum is 0.
STRATA_HD constexpr int avg_pool_positions(int start, int kernel, int dilation, int first, int last) {
    int n = 0;
    for (int u = 0; u < kernel; ++u)
        if (start + u * dilation >= first && start + u * dilation < last) ++n;
    return n > 0 ? n : 1;
}
STRATA_HD constexpr int avg_pool_area(const key& k, int i, int j) {
    const window& w = k.win;
    const bool padded = !k.excludes_padding;
    return avg_pool_positions(i * w.stride_h - w.top, w.kernel_h, w.dilation_h, padded ? -w.top : 0,
                              k.x.d1 + (padded ? w.bottom : 0))
           * avg_pool_positions(j * w.stride_w - w.left, w.kernel_w, w.dilation_w, padded ? -w.left : 0,
                                k.x.d2 + (padded ? w.right : 0));
}

/// dx[n,c,h,w] = sum of dy / area over the windows that hold it.   Operands: dy → dx
struct avg_pool_gradient {
    static constexpr const char* name = "avg_pool_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.y.size() * k.win.kernel_h * k.win.kernel_w; }
};

/// Operands: x → y
struct avg_pool {
    static constexpr const char* name = "avg_pool";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.y.size() * k.win.kernel_h * k.win.kernel_w; }

    static constexpr bool by_position(const key& k) { return tiles_its_input(k); }

    static constexpr value append(graph& g, value x, const window& win, const shape& y, bool excludes_padding = false) {
        key k;
        k.x = g.extents(x);
        k.y = y;
        k.win = win;
        k.excludes_padding = excludes_padding;
        return g.apply<avg_pool>(k, {x}, y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        key k = o.k;
        d.contribute(o.in[0], g.apply<avg_pool_gradient>(k, {d.of(o.out[0])}, k.x));
    }
};

template <key K, class F>
struct definition<avg_pool::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        const auto x = image_of(c.at[0], at.n, K.x, K.channels_last);
        Accumulator sum = 0;
        each_tap<K>(y.h, y.w, [&](int, int, int h, int w) { sum += Accumulator(x(y.c, h, w)); });
        c.at[1][i] = T(sum / Accumulator(avg_pool_area(K, y.h, y.w)));
    }
};

template <key K, class F>
struct definition<avg_pool_gradient::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image x(at.e, K.x, K.channels_last);
        const auto dy = image_of(c.at[0], at.n, K.y, K.channels_last);
        Accumulator sum = 0;
        each_reader<K>(x.h, x.w, [&](int, int, int h, int w) {
            sum += Accumulator(dy(x.c, h, w)) / Accumulator(avg_pool_area(K, h, w));
        });
        c.at[1][i] = T(sum);
    }
};

} // namespace strata::inline STRATA_ABI::operations
