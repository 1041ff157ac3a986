#pragma once
/// efficientnet_b0<Classes, Input, Dropout, DropPath> — inverted residuals with squeeze-and-excitation and silu.
///   image<3, 224, 224> → 1,000 scores; 5,288,548 parameters
/// DropPath is the rate at which the last block is left out in training; those before have proportionally less.
/// Names in files: "features.2.0.body.0.weight" within a block; <strata/networks/torchvision.hpp> maps torchvision's.
/// Source   Tan & Le 2019, table 1
#include <strata/layers/input/image.hpp>
#include <strata/layers/norm/batch_norm.hpp>
#include <strata/layers/pointwise/dropout.hpp>
#include <strata/layers/pointwise/silu.hpp>
#include <strata/layers/pointwise/stochastic_depth.hpp>
#include <strata/layers/pool/global_avg_pool.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/product/dense.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>
#include <strata/layers/structure/residual.hpp>
#include <strata/layers/structure/squeeze_excite.hpp>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
inline constexpr int blocks_of_efficientnet_b0 = 16;

template <int Channels, int Kernel, int Stride>
using depthwise_silu =
    sequence<conv<Channels, Kernel, stride<Stride>, padding<Kernel / 2>, groups<Channels>, no_bias>, batch_norm, silu>;
/// In channels, widened by six; the excitation squeezes to a quarter of In.
template <int In, int Out, int Kernel, int Stride>
using widened = sequence<conv<6 * In, 1, no_bias>, batch_norm, silu, //
                         depthwise_silu<6 * In, Kernel, Stride>,     //
                         squeeze_excite<24, silu>,                   //
                         conv<Out, 1, no_bias>, batch_norm>;
/// The Nth block, with the same shape behind it.
template <int Channels, int Kernel, int N, real DropPath>
using widened_residual = residual<sequence<widened<Channels, Channels, Kernel, 1>,
                                           stochastic_depth<DropPath.number() * N / blocks_of_efficientnet_b0>>>;
template <int In, int Out, int Kernel, int Stride>
using widened_alone = named<"body", sequence<widened<In, Out, Kernel, Stride>>>;
} // namespace detail

template <int Classes = 1000, class Input = image<3, 224, 224>, real Dropout = 0.2, real DropPath = 0.2>
struct efficientnet_b0
    : network<Input,
              named<"features", sequence<conv<32, 3, stride<2>, padding<1>, no_bias>, batch_norm, silu>,       //
                    sequence<sequence<named<"body", detail::depthwise_silu<32, 3, 1>, squeeze_excite<4, silu>, //
                                            conv<16, 1, no_bias>, batch_norm>>>,                               //
                    sequence<sequence<detail::widened_alone<16, 24, 3, 2>>,                                    //
                             detail::widened_residual<24, 3, 2, DropPath>>,                                    //
                    sequence<sequence<detail::widened_alone<24, 40, 5, 2>>,                                    //
                             detail::widened_residual<40, 5, 4, DropPath>>,                                    //
                    sequence<sequence<detail::widened_alone<40, 80, 3, 2>>,                                    //
                             detail::widened_residual<80, 3, 6, DropPath>,                                     //
                             detail::widened_residual<80, 3, 7, DropPath>>,                                    //
                    sequence<sequence<detail::widened_alone<80, 112, 5, 1>>,                                   //
                             detail::widened_residual<112, 5, 9, DropPath>,                                    //
                             detail::widened_residual<112, 5, 10, DropPath>>,                                  //
                    sequence<sequence<detail::widened_alone<112, 192, 5, 2>>,                                  //
                             detail::widened_residual<192, 5, 12, DropPath>,                                   //
                             detail::widened_residual<192, 5, 13, DropPath>,                                   //
                             detail::widened_residual<192, 5, 14, DropPath>>,                                  //
                    sequence<sequence<detail::widened_alone<192, 320, 3, 1>>>,                                 //
                    sequence<conv<1280, 1, no_bias>, batch_norm, silu>>,                                       //
              global_avg_pool, named<"classifier", dropout<Dropout>, dense<Classes>>> {};

} // namespace strata::inline STRATA_ABI::networks
