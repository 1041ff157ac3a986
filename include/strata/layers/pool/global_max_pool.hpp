#pragma once
/// global_max_pool — the largest value of each channel:  y[n,c] = max_{h,w} x[n,c,h,w]
/// Shapes   x [C, H, W] → y [C];  of a signal, x [C, T] → y [C]: the largest of all times
/// Rules    the input is an image or a signal   (tests/compile_fail/pool/global_max_pool_*.cpp)
/// Source   Keras' GlobalMaxPooling2D, and PyTorch's AdaptiveMaxPool2d(1) and Flatten()
#include <strata/layers/run_layer.hpp>
#include <strata/operations/pool/max_pool.hpp>
#include <strata/plan/operations/reshape.hpp>

namespace strata::inline STRATA_ABI {

struct global_max_pool {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (in.axes != role::image && in.axes != role::signal)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, shape(0, 0, 0),
                              "needs an image [C, H, W] or a signal [C, T], but its input is ", in,
                              ". Put it before flatten, or begin with image<C, H, W>.");
        if (g.hop() > 0)
            return g.mistaken(mistake_kind::layer_cannot_stream, in, {},
                              "is the largest of all times, but the times of a stream have no end. Run the network on "
                              "pieces of the signal: net(x).");
        const bool signal = in.axes == role::signal;
        core::window all;
        all.kernel_h = all.stride_h = signal ? 1 : in.d1;
        all.kernel_w = all.stride_w = signal ? in.d1 : in.d2;
        const value y = operations::max_pool::append(g, x, all, signal ? shape::signal(in.d0, 1) : shape(in.d0, 1, 1));
        return operations::reshape::append(g, y, shape(in.d0));
    }
    static constexpr void spell(text& t) { t.add("global_max_pool"); }
};

} // namespace strata::inline STRATA_ABI
