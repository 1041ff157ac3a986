#pragma once
/// mobilenet_v2<Classes, Input, Dropout> — inverted residuals: a 1x1 convolution widens, a depthwise one filters, and a
/// 1x1 convolution without activation narrows.
///   image<3, 224, 224> → 1,000 scores; 3,504,872 parameters
/// Names in files are torchvision's for the first and last convolution and the classifier, "features.2.body.0.weight"
/// within a block; <strata/networks/torchvision.hpp> maps torchvision's.
/// Source   Sandler et al. 2018, table 2
#include <strata/layers/input/image.hpp>
#include <strata/layers/norm/batch_norm.hpp>
#include <strata/layers/pointwise/dropout.hpp>
#include <strata/layers/pointwise/relu6.hpp>
#include <strata/layers/pool/global_avg_pool.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/product/dense.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>
#include <strata/layers/structure/residual.hpp>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
template <int In, int Out, int Stride, int Widening>
using inverted_body =
    sequence<conv<In * Widening, 1, no_bias>, batch_norm, relu6,                                                    //
             conv<In * Widening, 3, stride<Stride>, padding<1>, groups<In * Widening>, no_bias>, batch_norm, relu6, //
             conv<Out, 1, no_bias>, batch_norm>;
/// The first block does not widen.
template <int In, int Out>
using unwidened = sequence<conv<In, 3, padding<1>, groups<In>, no_bias>, batch_norm, relu6, //
                           conv<Out, 1, no_bias>, batch_norm>;
template <int In, int Out, int Stride>
using inverted = named<"body", inverted_body<In, Out, Stride, 6>>;
template <int Channels>
using inverted_residual = residual<inverted_body<Channels, Channels, 1, 6>>;
} // namespace detail

template <int Classes = 1000, class Input = image<3, 224, 224>, real Dropout = 0.2>
struct mobilenet_v2
    : network<
          Input,
          named<"features",                                                                                          //
                sequence<conv<32, 3, stride<2>, padding<1>, no_bias>, batch_norm, relu6>,                            //
                sequence<detail::unwidened<32, 16>>,                                                                 //
                sequence<detail::inverted<16, 24, 2>>, detail::inverted_residual<24>,                                //
                sequence<detail::inverted<24, 32, 2>>, detail::inverted_residual<32>, detail::inverted_residual<32>, //
                sequence<detail::inverted<32, 64, 2>>, detail::inverted_residual<64>, detail::inverted_residual<64>, //
                detail::inverted_residual<64>,                                                                       //
                sequence<detail::inverted<64, 96, 1>>, detail::inverted_residual<96>, detail::inverted_residual<96>, //
                sequence<detail::inverted<96, 160, 2>>, detail::inverted_residual<160>,                              //
                detail::inverted_residual<160>,                                                                      //
                sequence<detail::inverted<160, 320, 1>>,                                                             //
                sequence<conv<1280, 1, no_bias>, batch_norm, relu6>>,                                                //
          global_avg_pool, named<"classifier", dropout<Dropout>, dense<Classes>>> {};

} // namespace strata::inline STRATA_ABI::networks
