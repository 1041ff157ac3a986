#pragma once
/// SqueezeNet: in its fire modules 1x1 convolutions squeeze the channels, then 1x1 and 3x3 convolutions side by side
/// expand them. image<3, 224, 224> → 1,000 scores.
/// Names in files: "features.3.squeeze.weight", "features.3.expand.0.0.weight" (1x1), "features.3.expand.1.0.weight"
/// (3x3); <strata/networks/torchvision.hpp> maps torchvision's.
/// Source   Iandola et al. 2016, versions 1.0 and 1.1
#include <strata/layers/input/image.hpp>
#include <strata/layers/pointwise/dropout.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/layers/pool/global_avg_pool.hpp>
#include <strata/layers/pool/max_pool.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>
#include <strata/layers/structure/parallel.hpp>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
template <int Squeezed, int Expanded>
using fire = sequence<named<"squeeze", conv<Squeezed, 1>>, relu,
                      named<"expand", parallel<concat_all, sequence<conv<Expanded, 1>, relu>,
                                               sequence<conv<Expanded, 3, padding<1>>, relu>>>>;
using squeezing_pool = max_pool<3, stride<2>, ceil_mode>;

template <int Classes, class Input, real Dropout, class... Features>
using squeezenet_of = network<Input, named<"features", Features...>,
                              named<"classifier", dropout<Dropout>, conv<Classes, 1>, relu, global_avg_pool>>;
} // namespace detail

/// squeezenet1_0<Classes, Input, Dropout> — SqueezeNet 1.0, 1,248,424 parameters.
template <int Classes = 1000, class Input = image<3, 224, 224>, real Dropout = 0.5>
struct squeezenet1_0
    : detail::squeezenet_of<Classes, Input, Dropout, conv<96, 7, stride<2>>, relu, detail::squeezing_pool, //
                            detail::fire<16, 64>, detail::fire<16, 64>, detail::fire<32, 128>,
                            detail::squeezing_pool, //
                            detail::fire<32, 128>, detail::fire<48, 192>, detail::fire<48, 192>, detail::fire<64, 256>,
                            detail::squeezing_pool, detail::fire<64, 256>> {};

/// squeezenet1_1<Classes, Input, Dropout> — SqueezeNet 1.1, 1,235,496 parameters.
template <int Classes = 1000, class Input = image<3, 224, 224>, real Dropout = 0.5>
struct squeezenet1_1
    : detail::squeezenet_of<Classes, Input, Dropout, conv<64, 3, stride<2>>, relu, detail::squeezing_pool, //
                            detail::fire<16, 64>, detail::fire<16, 64>, detail::squeezing_pool,            //
                            detail::fire<32, 128>, detail::fire<32, 128>, detail::squeezing_pool,          //
                            detail::fire<48, 192>, detail::fire<48, 192>, detail::fire<64, 256>,
                            detail::fire<64, 256>> {};

} // namespace strata::inline STRATA_ABI::networks
