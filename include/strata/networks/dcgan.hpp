#pragma once
/// The two networks of a DCGAN for images of 64 x 64. Names in files are positions.
/// Source   Radford, Metz & Chintala 2016; sizes as in PyTorch's example
#include <strata/layers/input/image.hpp>
#include <strata/layers/move/flatten.hpp>
#include <strata/layers/norm/batch_norm.hpp>
#include <strata/layers/pointwise/leaky_relu.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/layers/pointwise/tanh_activation.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/product/conv_transpose.hpp>
#include <strata/layers/structure/network.hpp>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
template <int Filters>
using twice_as_large = conv_transpose<Filters, 4, stride<2>, padding<1>, no_bias>;
template <int Filters>
using half_as_large = conv<Filters, 4, stride<2>, padding<1>, no_bias>;
} // namespace detail

/// dcgan_generator<Channels, Latent, Filters> — random numbers → an image in [-1, 1].
///   image<100, 1, 1> → image<3, 64, 64>, 3,576,704 parameters
template <int Channels = 3, int Latent = 100, int Filters = 64>
struct dcgan_generator : network<image<Latent, 1, 1>,                                       //
                                 conv_transpose<8 * Filters, 4, no_bias>, batch_norm, relu, //
                                 detail::twice_as_large<4 * Filters>, batch_norm, relu,     //
                                 detail::twice_as_large<2 * Filters>, batch_norm, relu,     //
                                 detail::twice_as_large<Filters>, batch_norm, relu,         //
                                 detail::twice_as_large<Channels>, tanh_activation> {};

/// dcgan_discriminator<Channels, Filters> — an image → a score, the logit of its being real.
///   image<3, 64, 64> → 1 number, 2,765,568 parameters
template <int Channels = 3, int Filters = 64>
struct dcgan_discriminator : network<image<Channels, 64, 64>,                                         //
                                     detail::half_as_large<Filters>, leaky_relu<0.2>,                 //
                                     detail::half_as_large<2 * Filters>, batch_norm, leaky_relu<0.2>, //
                                     detail::half_as_large<4 * Filters>, batch_norm, leaky_relu<0.2>, //
                                     detail::half_as_large<8 * Filters>, batch_norm, leaky_relu<0.2>, //
                                     conv<1, 4, no_bias>, flatten> {};

} // namespace strata::inline STRATA_ABI::networks
