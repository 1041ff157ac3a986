#pragma once
/// U-Net: a contracting path of convolutions and poolings, and an expanding one that joins what the first saw at each
/// size.
/// Names in files: "levels.0.0.weight" for the first convolution; a level within is "levels.1.1.1".
/// Source   Ronneberger, Fischer & Brox 2015
#include <strata/layers/input/image.hpp>
#include <strata/layers/move/crop.hpp>
#include <strata/layers/norm/batch_norm.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/layers/pool/max_pool.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/product/conv_transpose.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>
#include <strata/layers/structure/parallel.hpp>
#include <strata/layers/structure/pass.hpp>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
/// The side of what a level with `levels` below it gives for an image of side x side: two valid convolutions take 4,
/// and of what comes back up two take 4 again.
constexpr int side_behind(int side, int levels) {
    return levels == 0 ? side - 4 : 2 * side_behind((side - 4) / 2, levels - 1) - 4;
}

template <int Filters>
using valid_pair = sequence<conv<Filters, 3>, relu, conv<Filters, 3>, relu>;

/// A level of the paper's network, for an input of Side x Side; Levels smaller ones are below.
template <int Filters, int Side, int Levels>
struct valid_level_of {
    static constexpr int inner = 2 * side_behind((Side - 4) / 2, Levels - 1), margin = (Side - 4 - inner) / 2;
    using type =
        sequence<valid_pair<Filters>,
                 parallel<concat_all, crop<margin, margin, inner, inner>,
                          sequence<max_pool<2>, typename valid_level_of<2 * Filters, (Side - 4) / 2, Levels - 1>::type,
                                   conv_transpose<Filters, 2, stride<2>>>>,
                 valid_pair<Filters>>;
};
template <int Filters, int Side>
struct valid_level_of<Filters, Side, 0> {
    using type = valid_pair<Filters>;
};

template <int Filters>
using same_pair = sequence<conv<Filters, 3, same, no_bias>, batch_norm, relu, //
                           conv<Filters, 3, same, no_bias>, batch_norm, relu>;
template <int Filters, int Levels>
struct same_level_of {
    using type = sequence<same_pair<Filters>,
                          parallel<concat_all, pass,
                                   sequence<max_pool<2>, typename same_level_of<2 * Filters, Levels - 1>::type,
                                            conv_transpose<Filters, 2, stride<2>>>>,
                          same_pair<Filters>>;
};
template <int Filters>
struct same_level_of<Filters, 0> {
    using type = same_pair<Filters>;
};
} // namespace detail

/// unet<Classes, Channels, Side> — the paper's U-Net, of convolutions without padding: the result is smaller than the
/// image, and its middle.
///   image<1, 572, 572> → scores of 2 classes for the middle 388 x 388 pixels; 31,030,658 parameters
/// Sides    16 times a number, plus 12, from 188 on (188, 572): every pooling halves an even side
///          (tests/compile_fail/networks/unet_*.cpp)
template <int Classes = 2, int Channels = 1, int Side = 572>
struct unet : network<image<Channels, Side, Side>,                                         //
                      named<"levels", typename detail::valid_level_of<64, Side, 4>::type>, //
                      named<"head", conv<Classes, 1>>> {
    static constexpr void build(graph& g) {
        if (Side < 188 || Side % 16 != 12) {
            constexpr int nearest_above = Side < 188 ? 188 : (Side + 3) / 16 * 16 + 12;
            g.mistaken(mistake_kind::shapes_differ, shape(Channels, Side, Side),
                       shape(Channels, nearest_above, nearest_above), "unet cannot halve a side of ", Side,
                       " four times between its convolutions without padding. Use 16 times a number, plus 12, from 188 "
                       "on: ",
                       nearest_above, " is the next.");
            return;
        }
        unet::network::build(g);
    }
};

/// unet_same<Classes, Input, Filters, Levels> — a U-Net with padding and batch-norm, whose result has the image's size.
///   image<1, 128, 128> → scores of 2 classes for each pixel;  with 64 filters and 4 levels 31,037,698 parameters for 3
///   channels, as in milesial's Pytorch-UNet
/// Sides    multiples of 2 to the power of Levels
template <int Classes = 2, class Input = image<1, 128, 128>, int Filters = 16, int Levels = 2>
struct unet_same : network<Input,                                                                  //
                           named<"levels", typename detail::same_level_of<Filters, Levels>::type>, //
                           named<"head", conv<Classes, 1>>> {};

} // namespace strata::inline STRATA_ABI::networks
