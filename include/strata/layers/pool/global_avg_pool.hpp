#pragma once
/// global_avg_pool — the mean of each channel:  y[n,c] = 1/(H·W) · sum_{h,w} x[n,c,h,w]
/// Shapes   x [C, H, W] → y [C]
/// Rules    the input is an image
/// Source   Lin, Chen & Yan 2013
#include <strata/layers/sliding_window.hpp>
#include <strata/operations/pool/avg_pool.hpp>
#include <strata/plan/operations/reshape.hpp>

namespace strata::inline STRATA_ABI {

struct global_avg_pool {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        const sliding_window s =
            slide_window(g, x, in.axes == role::image ? kernel(in.d1, in.d2) : kernel(1), option_values{}, 1, 1);
        if (!s.valid) return {};
        const value y = operations::avg_pool::append(g, x, s.win, shape(in.d0, 1, 1));
        return operations::reshape::append(g, y, shape(in.d0));
    }
    static constexpr void spell(text& t) { t.add("global_avg_pool"); }
};

} // namespace strata::inline STRATA_ABI
