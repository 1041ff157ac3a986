#pragma once
/// avg_pool — y[n,c,i,j] = sum_{u,v} x[n, c, i·S+u·D−top, j·S+v·D−left] / area, where the area counts the window's
/// positions inside the padded input (PyTorch's count_include_pad = True).
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// How many positions of the window that starts at `start` (padded coordinates) lie inside the padded extent.
STRATA_HD constexpr int avg_pool_positions(int start, int kernel, int dilation, int padded_extent) {
    int n = 0;
    for (int u = 0; u < kernel; ++u)
        if (start + u * dilation < padded_extent) ++n;
    return n;
}
STRATA_HD constexpr int avg_pool_area(const key& k, int i, int j) {
    return avg_pool_positions(i * k.win.stride_h, k.win.kernel_h, k.win.dilation_h, k.x.d1 + k.win.top + k.win.bottom)
           * avg_pool_positions(j * k.win.stride_w, k.win.kernel_w, k.win.dilation_w,
                                k.x.d2 + k.win.left + k.win.right);
}

/// dx[n,c,h,w] = sum of dy / area over the windows that hold it.   Operands: dy → dx
struct avg_pool_gradient {
    static constexpr op kind = op::avg_pool_gradient;
    static constexpr const char* name = "avg_pool_gradient";
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.y.size() * k.win.kernel_h * k.win.kernel_w; }
};

/// Operands: x → y
struct avg_pool {
    static constexpr op kind = op::avg_pool;
    static constexpr const char* name = "avg_pool";
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.y.size() * k.win.kernel_h * k.win.kernel_w; }

    static constexpr value add(graph& g, value x, const window& win, const shape& y) {
        key k;
        k.kind = kind;
        k.x = g.extents(x);
        k.y = y;
        k.win = win;
        return g.apply(k, {x}, y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        key k = o.k;
        k.kind = op::avg_pool_gradient;
        d.contribute(o.in[0], g.apply(k, {d.of(o.out[0])}, k.x));
    }
};

} // namespace strata::inline STRATA_ABI::operations
