#pragma once
/// pixel_unshuffle<S> — blocks of S x S pixels as S² channels, the inverse of pixel_shuffle:
///   y[n, c·S²+u·S+v, h, w] = x[n, c, h·S+u, w·S+v],  u and v from 0 to S−1
/// Shapes   x [C, H·S, W·S] → y [C·S², H, W]
/// Rules    the input is an image, its height and width divisible by S
///          (tests/compile_fail/move/pixel_unshuffle_*.cpp)
/// Source   PyTorch's PixelUnshuffle
#include <strata/layers/run_layer.hpp>
#include <strata/operations/move/pixel_shuffle.hpp>

namespace strata::inline STRATA_ABI {

template <int S>
struct pixel_unshuffle {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (in.axes != role::image)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, shape(0, 0, 0),
                              "needs an image [C, H, W], but its input is ", in,
                              ". Put it before flatten, or begin with image<C, H, W>.");
        if (S < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(S), shape(1), "blocks of ", S, "x", S,
                              " pixels are not possible. Use at least 1.");
        if (in.d1 % S != 0 || in.d2 % S != 0)
            return g.mistaken(mistake_kind::shapes_differ, in, shape(in.d0, in.d1 / S * S, in.d2 / S * S),
                              "cuts its input into blocks of ", S, "x", S, " pixels, but that is ", in.d1, "x", in.d2,
                              ". Pad or crop it to a multiple.");
        return S == 1 ? x : operations::pixel_unshuffle::append(g, x, S);
    }
    static constexpr void spell(text& t) { t.add("pixel_unshuffle<", S, ">"); }
};

} // namespace strata::inline STRATA_ABI
