#pragma once
/// An autoencoder of dense layers.
/// Source   Hinton & Salakhutdinov 2006; sizes of the Keras blog's deep autoencoder
#include <strata/layers/input/features.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/layers/pointwise/sigmoid.hpp>
#include <strata/layers/product/dense.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>

namespace strata::inline STRATA_ABI::networks {

/// autoencoder<Features, Code> — numbers in [0, 1], through Code numbers, to themselves.
///   features<784> → 784 numbers in [0, 1], 222,384 parameters
/// Names in files: "encoder.0.weight" to "decoder.4.bias"; first_layers<through<"encoder">> is the encoder.
template <int Features = 784, int Code = 32>
struct autoencoder : network<features<Features>,                                                     //
                             named<"encoder", dense<128>, relu, dense<64>, relu, dense<Code>, relu>, //
                             named<"decoder", dense<64>, relu, dense<128>, relu, dense<Features>, sigmoid>> {};

} // namespace strata::inline STRATA_ABI::networks
