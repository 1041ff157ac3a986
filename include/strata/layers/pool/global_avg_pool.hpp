#pragma once
/// global_avg_pool — the mean of each channel:  y[n,c] = 1/(H·W) · sum_{h,w} x[n,c,h,w]
/// Shapes   x [C, H, W] → y [C];  of a signal, x [C, T] → y [C]: the mean over the times
/// Rules    the input is an image or a signal
/// Source   Lin, Chen & Yan 2013
#include <strata/layers/sliding_window.hpp>
#include <strata/operations/pool/avg_pool.hpp>
#include <strata/plan/operations/reshape.hpp>

namespace strata::inline STRATA_ABI {

struct global_avg_pool {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (in.axes == role::signal) {
            if (g.hop() > 0)
                return g.mistaken(mistake_kind::layer_cannot_stream, in, {},
                                  "is the mean over all times, but the times of a stream have no end. Run the network "
                                  "on pieces of the signal: net(x).");
            core::window all;
            all.kernel_w = in.d1;
            const value y = operations::avg_pool::append(g, x, all, shape::signal(in.d0, 1));
            return operations::reshape::append(g, y, shape(in.d0));
        }
        const sliding_window s =
            slide_window(g, x, in.axes == role::image ? kernel(in.d1, in.d2) : kernel(1), option_values{}, 1, 1);
        if (!s.valid) return {};
        const value y = operations::avg_pool::append(g, x, s.win, shape(in.d0, 1, 1));
        return operations::reshape::append(g, y, shape(in.d0));
    }
    static constexpr void spell(text& t) { t.add("global_avg_pool"); }
};

} // namespace strata::inline STRATA_ABI
