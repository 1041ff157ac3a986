#pragma once
/// convnext_tiny<Classes, Input, DropPath> — residual blocks of depthwise 7x7 convolutions.
/// Each has layer_norm, and two dense layers with gelu at each pixel.
///   image<3, 224, 224> → 1,000 scores; 28,589,128 parameters
/// DropPath is the rate at which the last block is left out in training; those before have proportionally less.
/// Names in files: "features.1.0.body.0.weight" within a block; <strata/networks/torchvision.hpp> maps torchvision's.
/// Source   Liu et al. 2022
#include <strata/layers/initial.hpp>
#include <strata/layers/input/image.hpp>
#include <strata/layers/norm/layer_norm.hpp>
#include <strata/layers/pointwise/gelu.hpp>
#include <strata/layers/pointwise/stochastic_depth.hpp>
#include <strata/layers/pool/global_avg_pool.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/product/dense.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>
#include <strata/layers/structure/residual.hpp>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
inline constexpr int blocks_of_convnext_tiny = 18;
using norm_of_convnext = layer_norm_with<epsilon<1e-6>>;

/// The Nth block. The last convolution scales each channel, by a millionth at first.
template <int C, int N, real DropPath>
using convnext_block = residual<sequence<conv<C, 7, padding<3>, groups<C>>, norm_of_convnext, //
                                         conv<4 * C, 1>, gelu, conv<C, 1>,                    //
                                         conv<C, 1, groups<C>, no_bias, initial<constant_value<1e-6>>>,
                                         stochastic_depth<DropPath.number() * N / (blocks_of_convnext_tiny - 1)>>>;
template <int C>
using convnext_halving = sequence<norm_of_convnext, conv<C, 2, stride<2>>>;
} // namespace detail

template <int Classes = 1000, class Input = image<3, 224, 224>, real DropPath = 0.1>
struct convnext_tiny
    : network<Input,
              named<"features", sequence<conv<96, 4, stride<4>>, detail::norm_of_convnext>,                        //
                    sequence<detail::convnext_block<96, 0, DropPath>, detail::convnext_block<96, 1, DropPath>,     //
                             detail::convnext_block<96, 2, DropPath>>,                                             //
                    detail::convnext_halving<192>,                                                                 //
                    sequence<detail::convnext_block<192, 3, DropPath>, detail::convnext_block<192, 4, DropPath>,   //
                             detail::convnext_block<192, 5, DropPath>>,                                            //
                    detail::convnext_halving<384>,                                                                 //
                    sequence<detail::convnext_block<384, 6, DropPath>, detail::convnext_block<384, 7, DropPath>,   //
                             detail::convnext_block<384, 8, DropPath>, detail::convnext_block<384, 9, DropPath>,   //
                             detail::convnext_block<384, 10, DropPath>, detail::convnext_block<384, 11, DropPath>, //
                             detail::convnext_block<384, 12, DropPath>, detail::convnext_block<384, 13, DropPath>, //
                             detail::convnext_block<384, 14, DropPath>>,                                           //
                    detail::convnext_halving<768>,                                                                 //
                    sequence<detail::convnext_block<768, 15, DropPath>, detail::convnext_block<768, 16, DropPath>, //
                             detail::convnext_block<768, 17, DropPath>>>,                                          //
              global_avg_pool, named<"classifier", detail::norm_of_convnext, dense<Classes>>> {};

} // namespace strata::inline STRATA_ABI::networks
