#pragma once
/// Convolutions and their gradients.
/// Each is compared with the reference, under a policy of the test's choice.
#include "../compare.hpp"

namespace strata_tests {

using namespace strata; // NOLINT: this header is for tests alone

/// Filters of every size there is to get wrong (1, primes, a register of float or double and one beside), over one
/// image: kernels of all sizes and dilations, padded so that the edges are met on every side.
template <int C>
struct many_filters
    : network<image<C, 7, 6>,
              parallel<concat_all, conv<1, 3, same>, conv<7, 1>, conv<13, 5, same>, conv<15, kernel(1, 3), same>,
                       conv<16, 3, padding<2>, dilation<2>>, conv<17, kernel(5, 2), same, no_bias>, conv<33, 7, same>,
                       conv<31, 3, padding<3, 2>, dilation<3, 2>>>> {};

/// Gradients that are convolutions with flipped filters: channels in one panel and two, full and not, of float and
/// double; more padding than the kernel is wide, less, none on one side; a pointwise one.
struct flipped : network<image<24, 6, 5>, conv<15, 3, padding<4>>, relu, conv<33, kernel(2, 3), padding<0, 2>>,
                         tanh_activation, conv<16, 1>, conv<8, kernel(5, 4), same>, conv<1, 3>> {};

/// Strides, one after the other, and windows that leave pixels unread.
struct strided
    : network<image<2, 23, 19>, conv<7, 3, stride<2>, padding<1>>, relu, conv<16, kernel(3, 2), stride<1, 3>>,
              tanh_activation, conv<9, 4, stride<3, 1>, same, no_bias>, conv<5, 2, stride<3>>> {};
struct strided_and_dilated : network<image<3, 15, 17>, conv<17, 3, stride<3, 2>, dilation<2, 3>, padding<2, 1>>,
                                     leaky_relu<>, conv<2, 3, dilation<2>, stride<2>, same>> {};

/// Groups: of one channel, of primes, of a register; with strides, dilation and kernels wider than the image.
struct grouped
    : network<image<6, 9, 5>, conv<34, 3, same, groups<2>>, relu, conv<34, 3, groups<34>, padding<1>, stride<2, 1>>,
              conv<51, 1, groups<17>, no_bias>, conv<51, 3, groups<3>, same, dilation<2>>, relu,
              conv<6, kernel(7, 9), groups<3>, padding<3, 4>>> {};
struct depthwise_to_more : network<image<16, 5, 5>, conv<32, 3, groups<16>, same>, conv<16, 3, groups<2>>> {};

/// The smallest: one pixel, one channel; a kernel as large as its image; images narrower than a register; a kernel
/// larger, over padding.
struct of_one_pixel : network<image<1, 1, 1>, conv<1, 1>, conv<3, 3, same>, conv<1, 5, padding<2>, no_bias>> {};
struct whole_image : network<image<3, 4, 5>, conv<17, kernel(4, 5)>, flatten, dense<4>> {};
struct narrow : network<image<1, 8, 5>, conv<2, 3>, conv<3, 3, same>> {};
struct narrowest : network<image<1, 9, 1>, conv<2, 5, same>> {};
struct kernel_beyond : network<image<2, 2, 3>, conv<5, 9, same>, conv<3, kernel(6, 8), padding<3>>> {};

template <class Policy>
void compare_conv_filters() {
    compare_training<many_filters<1>, mean_squared_error, Policy>();
    compare_training<many_filters<3>, mean_squared_error, Policy>();
    compare_training<many_filters<17>, mean_squared_error, Policy>({1, 7});
    compare_training<flipped, mean_squared_error, Policy>();
}

template <class Policy>
void compare_conv_strides() {
    compare_training<strided, mean_squared_error, Policy>();
    compare_training<strided_and_dilated, mean_squared_error, Policy>();
}

template <class Policy>
void compare_conv_groups() {
    compare_training<grouped, mean_squared_error, Policy>();
    compare_training<depthwise_to_more, mean_squared_error, Policy>();
}

template <class Policy>
void compare_conv_smallest() {
    compare_training<of_one_pixel, mean_squared_error, Policy>();
    compare_training<whole_image, mean_squared_error, Policy>();
    compare_training<narrow, mean_squared_error, Policy>();
    compare_training<narrowest, mean_squared_error, Policy>();
    compare_training<kernel_beyond, mean_squared_error, Policy>();
}

} // namespace strata_tests
