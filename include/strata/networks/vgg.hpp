#pragma once
/// VGG: 3x3 convolutions in five stages, each halved by a max_pool. image<3, 224, 224> → 1,000 scores.
/// Names in files are torchvision's, "features.0.weight" to "classifier.6.bias".
/// Source   Simonyan & Zisserman 2015, configurations A, D and E
#include <strata/layers/input/image.hpp>
#include <strata/layers/move/flatten.hpp>
#include <strata/layers/pointwise/dropout.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/layers/pool/adaptive_avg_pool.hpp>
#include <strata/layers/pool/max_pool.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/product/dense.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
template <int Classes, class Input, real Dropout, class... Features>
using vgg_of =
    network<Input, named<"features", Features...>, adaptive_avg_pool<7>, flatten, // nothing to pool at 224 x 224
            named<"classifier", dense<4096>, relu, dropout<Dropout>, dense<4096>, relu, dropout<Dropout>, //
                  dense<Classes>>>;

template <int Filters>
using vgg_conv = conv<Filters, 3, padding<1>>;
} // namespace detail

/// vgg11<Classes, Input, Dropout> — VGG of 8 convolutions and 3 dense layers, configuration A:
/// 132,863,336 parameters.
template <int Classes = 1000, class Input = image<3, 224, 224>, real Dropout = 0.5>
struct vgg11 : detail::vgg_of<Classes, Input, Dropout,                                               //
                              detail::vgg_conv<64>, relu, max_pool<2>,                               //
                              detail::vgg_conv<128>, relu, max_pool<2>,                              //
                              detail::vgg_conv<256>, relu, detail::vgg_conv<256>, relu, max_pool<2>, //
                              detail::vgg_conv<512>, relu, detail::vgg_conv<512>, relu, max_pool<2>, //
                              detail::vgg_conv<512>, relu, detail::vgg_conv<512>, relu, max_pool<2>> {};

/// vgg16<Classes, Input, Dropout> — VGG of 13 convolutions and 3 dense layers, configuration D:
/// 138,357,544 parameters.
template <int Classes = 1000, class Input = image<3, 224, 224>, real Dropout = 0.5>
struct vgg16
    : detail::vgg_of<
          Classes, Input, Dropout,                                                                            //
          detail::vgg_conv<64>, relu, detail::vgg_conv<64>, relu, max_pool<2>,                                //
          detail::vgg_conv<128>, relu, detail::vgg_conv<128>, relu, max_pool<2>,                              //
          detail::vgg_conv<256>, relu, detail::vgg_conv<256>, relu, detail::vgg_conv<256>, relu, max_pool<2>, //
          detail::vgg_conv<512>, relu, detail::vgg_conv<512>, relu, detail::vgg_conv<512>, relu, max_pool<2>, //
          detail::vgg_conv<512>, relu, detail::vgg_conv<512>, relu, detail::vgg_conv<512>, relu, max_pool<2>> {};

/// vgg19<Classes, Input, Dropout> — VGG of 16 convolutions and 3 dense layers, configuration E:
/// 143,667,240 parameters.
template <int Classes = 1000, class Input = image<3, 224, 224>, real Dropout = 0.5>
struct vgg19 : detail::vgg_of<Classes, Input, Dropout,                                               //
                              detail::vgg_conv<64>, relu, detail::vgg_conv<64>, relu, max_pool<2>,   //
                              detail::vgg_conv<128>, relu, detail::vgg_conv<128>, relu, max_pool<2>, //
                              detail::vgg_conv<256>, relu, detail::vgg_conv<256>, relu, detail::vgg_conv<256>, relu,
                              detail::vgg_conv<256>, relu, max_pool<2>, //
                              detail::vgg_conv<512>, relu, detail::vgg_conv<512>, relu, detail::vgg_conv<512>, relu,
                              detail::vgg_conv<512>, relu, max_pool<2>, //
                              detail::vgg_conv<512>, relu, detail::vgg_conv<512>, relu, detail::vgg_conv<512>, relu,
                              detail::vgg_conv<512>, relu, max_pool<2>> {};

} // namespace strata::inline STRATA_ABI::networks
