#pragma once
/// pixel_shuffle<S> — an image S times as high and wide, S² channels becoming S x S pixels:
///   y[n, c, h·S+u, w·S+v] = x[n, c·S²+u·S+v, h, w],  u and v from 0 to S−1
/// Shapes   x [C·S², H, W] → y [C, H·S, W·S]
/// Rules    the input is an image, its channels divisible by S²   (tests/compile_fail/move/pixel_shuffle_*.cpp)
/// Source   Shi et al. 2016, as PyTorch's PixelShuffle
#include <strata/layers/run_layer.hpp>
#include <strata/operations/move/pixel_shuffle.hpp>

namespace strata::inline STRATA_ABI {

template <int S>
struct pixel_shuffle {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (in.axes != role::image)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, shape(0, 0, 0),
                              "needs an image [C, H, W], but its input is ", in,
                              ". Put it before flatten, or begin with image<C, H, W>.");
        if (S < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(S), shape(1), "blocks of ", S, "x", S,
                              " pixels are not possible. Use at least 1.");
        if (const long long block = 1LL * S * S; in.d0 % block != 0)
            return g.mistaken(mistake_kind::channels_not_divisible, in, {}, "makes a block of ", S, "x", S,
                              " pixels of ", block, " channels, but its input has ", in.d0,
                              ". Give the layer before it ", (in.d0 / block + 1) * block, " channels.");
        return S == 1 ? x : operations::pixel_shuffle::append(g, x, S);
    }
    static constexpr void spell(text& t) { t.add("pixel_shuffle<", S, ">"); }
};

} // namespace strata::inline STRATA_ABI
