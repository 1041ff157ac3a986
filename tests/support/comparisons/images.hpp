#pragma once
/// Layers over the pixels of images: poolings, batch_norm in both modes, functions, softmax, dropout, joins.
/// Each is compared with the reference, under a policy of the test's choice.
#include "../compare.hpp"

namespace strata_tests {

using namespace strata; // NOLINT: this header is for tests alone

/// Windows that overlap, leave pixels out, begin before the image, and end behind it.
template <template <kernel, class...> class Pool, int C>
struct pooled
    : network<image<C, 9, 10>,
              parallel<concat_all, Pool<3, same, stride<2>>, Pool<2, ceil_mode>,
                       Pool<kernel(3, 2), stride<2>, padding<1, 0>, ceil_mode>, Pool<5, padding<2>, stride<2>>>> {};
template <template <kernel, class...> class Pool, int C>
struct pooled_with_gaps
    : network<image<C, 9, 10>, parallel<concat_all, Pool<3, dilation<2>, stride<2>, padding<1>, ceil_mode>,
                                        Pool<4, stride<2>, padding<1>>, Pool<2>, Pool<3, stride<2>, ceil_mode>>> {};
/// One window that is larger than its image, rounded up to.
template <template <kernel, class...> class Pool, int C>
struct pooled_beyond
    : network<image<C, 2, 5>,
              parallel<concat_all, sequence<Pool<3, ceil_mode>, flatten>,
                       sequence<Pool<kernel(4, 3), stride<4>, padding<1>, ceil_mode>, flatten>,
                       sequence<Pool<kernel(2, 3), dilation<2, 3>, stride<3, 4>, ceil_mode>, flatten>>> {};
/// The mean of what a window holds of the image.
template <int C>
struct averaged_inside
    : network<image<C, 9, 10>, parallel<concat_all, avg_pool<3, same, stride<2>, exclude_padding>,
                                        avg_pool<kernel(3, 2), stride<2>, padding<1, 0>, ceil_mode, exclude_padding>,
                                        avg_pool<5, padding<2>, stride<2>, exclude_padding>,
                                        avg_pool<3, dilation<2>, padding<1>, stride<2>, ceil_mode, exclude_padding>>> {
};
template <int C>
struct averaged : network<image<C, 5, 3>, leaky_relu<>, global_avg_pool> {};

template <int C>
struct normalized_image : network<image<C, 3, 5>, batch_norm, relu> {};
template <int C>
struct normalized_as_keras
    : network<image<C, 3, 5>, conv<C, 1, no_bias>, batch_norm_with<epsilon<1e-3>, momentum<0.01>>, relu> {};
template <int F>
struct normalized_features : network<features<F>, batch_norm, sigmoid, dense<5>> {};
/// The bias before a batch_norm has no effect and a gradient of exactly 0, of which rounding is all that remains: in
/// training it is left out, in inference it is folded.
template <class... Bias>
struct normalized_convolutions
    : network<image<3, 6, 5>, conv<17, 3, same, Bias...>, batch_norm, relu, conv<16, 3, no_bias>, batch_norm,
              leaky_relu<>, max_pool<2>, flatten, dense<33, no_bias>, batch_norm, tanh_activation, dense<5>> {};

/// Functions, softmax over channels, dropout, sums and joins of images; the sample is one branch, as it is.
template <int C>
struct joined : network<image<C, 4, 3>, tag<"x">, softmax, tag<"p">, dropout<0.25>, concat<"x">,
                        parallel<add_all, pass, tanh_activation, residual<relu, dropout<0.5>>>, conv<C, 1>, add<"p">,
                        concat<"x">> {};
struct nothing : network<image<3, 2, 2>, pass> {};

/// Behind a convolution, so that a gradient goes through it, and of the samples themselves.
template <int C>
struct normalised_image : network<image<C, 3, 5>, normalise, conv<C, 2>, normalise, relu> {};
template <int F>
struct normalised_flat : network<features<F>, normalise, dense<F>, normalise, sigmoid> {};

template <int C>
struct denormalised_image : network<image<C, 3, 5>, denormalise, conv<C, 2>, denormalise> {};
template <int F>
struct denormalised_flat : network<features<F>, dense<F>, denormalise> {};

template <class Policy>
void compare_denormalise() {
    compare_training<denormalised_image<1>, mean_squared_error, Policy>();
    compare_training<denormalised_image<17>, mean_squared_error, Policy>();
    compare_training<denormalised_flat<1>, mean_squared_error, Policy>();
    compare_training<denormalised_flat<33>, mean_squared_error, Policy>();
    compare_inference<denormalised_image<17>, Policy>();
    compare_inference<denormalised_flat<33>, Policy>();
}

template <class Policy>
void compare_normalise() {
    compare_training<normalised_image<1>, mean_squared_error, Policy>();
    compare_training<normalised_image<3>, mean_squared_error, Policy>();
    compare_training<normalised_image<17>, mean_squared_error, Policy>();
    compare_training<normalised_flat<1>, mean_squared_error, Policy>();
    compare_training<normalised_flat<33>, mean_squared_error, Policy>();
    compare_inference<normalised_image<17>, Policy>();
    compare_inference<normalised_flat<33>, Policy>();
}

template <class Policy>
void compare_max_pool() {
    compare_training<pooled<max_pool, 7>, mean_squared_error, Policy>();
    compare_training<pooled<max_pool, 16>, mean_squared_error, Policy>();
    compare_training<pooled<max_pool, 33>, mean_squared_error, Policy>();
    compare_training<pooled_with_gaps<max_pool, 1>, mean_squared_error, Policy>();
    compare_training<pooled_with_gaps<max_pool, 17>, mean_squared_error, Policy>();
}

template <class Policy>
void compare_max_pool_ties() {
    compare_training<pooled<max_pool, 7>, mean_squared_error, Policy>({1, 7}, samples::counting);
    compare_training<pooled_with_gaps<max_pool, 17>, mean_squared_error, Policy>({1, 7}, samples::counting);
}

template <class Policy>
void compare_avg_pool() {
    compare_training<pooled<avg_pool, 7>, mean_squared_error, Policy>();
    compare_training<pooled_with_gaps<avg_pool, 1>, mean_squared_error, Policy>();
    compare_training<pooled_with_gaps<avg_pool, 17>, mean_squared_error, Policy>();
    compare_training<averaged_inside<7>, mean_squared_error, Policy>();
    compare_training<averaged_inside<17>, mean_squared_error, Policy>();
    compare_training<averaged<1>, mean_squared_error, Policy>();
    compare_training<averaged<33>, mean_squared_error, Policy>();
}

template <class Policy>
void compare_pools_beyond_the_image() {
    compare_training<pooled_beyond<max_pool, 7>, mean_squared_error, Policy>();
    compare_training<pooled_beyond<max_pool, 17>, mean_squared_error, Policy>();
    compare_training<pooled_beyond<avg_pool, 7>, mean_squared_error, Policy>();
    compare_training<pooled_beyond<avg_pool, 17>, mean_squared_error, Policy>();
}

template <class Policy>
void compare_batch_norm_training() {
    // A batch of one flat sample has no variance: the result is beta, and the running variance stays.
    compare_training<normalized_as_keras<17>, mean_squared_error, Policy>({7});
    compare_training<normalized_image<1>, mean_squared_error, Policy>({1, 7, 20});
    compare_training<normalized_image<17>, mean_squared_error, Policy>({1, 7, 20});
    compare_training<normalized_features<16>, mean_squared_error, Policy>({1, 7, 20});
    compare_training<normalized_features<31>, mean_squared_error, Policy>({1, 7, 20});
    compare_training<normalized_convolutions<no_bias>, mean_squared_error, Policy>({7, 20});
}

template <class Policy>
void compare_batch_norm_inference() {
    compare_inference<normalized_image<17>, Policy>();
    compare_inference<normalized_as_keras<17>, Policy>();
    compare_inference<normalized_features<31>, Policy>();
    compare_inference<normalized_convolutions<>, Policy>();
}

template <class Policy>
void compare_batch_norm_frozen() {
    compare_frozen<normalized_image<17>, 1, Policy>({1, 7, 20});
    compare_frozen<normalized_features<31>, 1, Policy>({1, 7, 20});
    compare_frozen<normalized_convolutions<>, 5, Policy>({7, 20}); // two are folded, the third trains
}

template <class Policy>
void compare_joins_of_images() {
    compare_training<joined<1>, mean_squared_error, Policy>();
    compare_training<joined<17>, mean_squared_error, Policy>();
    compare_training<nothing, mean_squared_error, Policy>();
}

} // namespace strata_tests
