#pragma once
/// The networks whose gradients are compared with central differences: each layer at awkward sizes. The test
/// "every operation with a gradient rule stands in a tested network" holds these lists against the
/// operations.
#include "softsign.hpp"

#include <cmath>
#include <strata/layers.hpp>
#include <tuple>

namespace strata_tests {

using namespace strata; // NOLINT: this header is for tests alone

/// A user's function of plain double.
struct cube_function {
    static double f(double x) { return x * x * x; }
    static double df(double x) { return 3 * x * x; }
};
using cube = elementwise<cube_function>;

struct net_dense : network<features<5>, dense<3>> {};
struct net_dense_wide : network<features<17>, dense<19>> {}; // several tasks of rows
struct net_dense_no_bias : network<features<7>, dense<1, no_bias>> {};
struct net_one_to_one : network<features<1>, dense<1>> {};
using dense_nets = std::tuple<net_dense, net_dense_wide, net_dense_no_bias, net_one_to_one>;

struct net_conv : network<image<2, 5, 4>, conv<3, 3>> {};
struct net_conv_1x1 : network<image<3, 2, 3>, conv<2, 1>> {};
struct net_conv_same : network<image<2, 4, 5>, conv<2, 4, same>> {};
struct net_conv_same_stride : network<image<1, 5, 6>, conv<2, 3, same, stride<2>>> {};
struct net_conv_stride_dilation : network<image<2, 7, 6>, conv<2, 3, stride<3, 2>, dilation<2>, padding<2, 1>>> {};
struct net_conv_groups : network<image<4, 4, 3>, conv<6, kernel(3, 2), groups<2>, padding<1>>> {};
struct net_conv_depthwise : network<image<3, 4, 4>, conv<3, 3, groups<3>, no_bias>> {};
using conv_nets = std::tuple<net_conv, net_conv_1x1, net_conv_same, net_conv_same_stride, net_conv_stride_dilation,
                             net_conv_groups, net_conv_depthwise>;

struct net_max_pool : network<image<3, 5, 4>, max_pool<2>> {};
struct net_max_pool_overlap : network<image<2, 5, 6>, max_pool<3, stride<2>, padding<1>>> {};
struct net_max_pool_ceil : network<image<1, 5, 7>, max_pool<2, stride<3, 2>, ceil_mode>> {};
struct net_max_pool_dilation : network<image<1, 6, 5>, max_pool<kernel(3, 2), stride<1>, dilation<2>>> {};
struct net_avg_pool : network<image<3, 5, 4>, avg_pool<2>> {};
struct net_avg_pool_ceil : network<image<2, 6, 7>, avg_pool<3, stride<2>, padding<1>, ceil_mode>> {};
struct net_avg_pool_same : network<image<1, 5, 4>, avg_pool<3, same, stride<1>>> {};
struct net_avg_pool_exclude : network<image<2, 6, 7>, avg_pool<3, stride<2>, padding<1>, ceil_mode, exclude_padding>> {
};
struct net_avg_pool_beyond : network<image<2, 2, 5>, avg_pool<3, ceil_mode>> {};
struct net_max_pool_beyond : network<image<2, 2, 5>, max_pool<3, ceil_mode>> {};
struct net_global_avg_pool : network<image<3, 2, 5>, global_avg_pool> {};
using pool_nets = std::tuple<net_max_pool, net_max_pool_overlap, net_max_pool_ceil, net_max_pool_dilation, net_avg_pool,
                             net_avg_pool_ceil, net_avg_pool_same, net_avg_pool_exclude, net_avg_pool_beyond,
                             net_max_pool_beyond, net_global_avg_pool>;

struct net_relu : network<features<13>, relu> {};
struct net_leaky_relu : network<image<2, 3, 3>, leaky_relu<0.2>> {};
struct net_sigmoid : network<features<5>, sigmoid> {};
struct net_tanh : network<features<5>, tanh_activation> {};
struct net_softsign : network<features<5>, softsign> {};
struct net_cube : network<image<1, 2, 3>, cube> {};
struct net_dense_tanh : network<features<4>, dense<3>, tanh_activation, dense<2>, softsign> {}; // one is fused, one not
struct net_conv_relu : network<image<2, 4, 4>, conv<3, 3>, relu> {};
struct net_softmax : network<features<7>, softmax> {};
struct net_softmax_image : network<image<3, 2, 2>, softmax> {};
struct net_dropout : network<features<11>, dropout<0.4>> {};
struct net_dropout_image : network<image<2, 3, 3>, conv<3, 2>, dropout<0.25>, flatten, dense<2>, dropout<0.5>> {};
struct net_normalise : network<features<5>, dense<3>, normalise> {};
struct net_denormalise : network<features<5>, dense<3>, denormalise> {};
struct net_denormalise_image : network<image<2, 2, 3>, conv<3, 2>, denormalise> {};
struct net_normalise_image : network<image<2, 2, 3>, conv<3, 2>, normalise> {};
using element_nets = std::tuple<net_normalise, net_normalise_image, net_denormalise, net_denormalise_image, net_relu,
                                net_leaky_relu, net_sigmoid, net_tanh, net_softsign, net_cube, net_dense_tanh,
                                net_conv_relu, net_softmax, net_softmax_image, net_dropout, net_dropout_image>;

struct net_flatten : network<image<2, 2, 3>, flatten, dense<3>> {};
struct net_residual : network<image<2, 4, 3>, residual<sequence<conv<2, 3, same>, tanh_activation, conv<2, 3, same>>>> {
};
struct net_projected
    : network<image<2, 5, 4>, residual<sequence<conv<3, 3, same, stride<2>>, sigmoid>, conv<3, 1, stride<2>>>,
              sigmoid> {};
struct net_parallel_concat : network<image<2, 3, 4>, parallel<concat_all, conv<1, 3, same>, pass, conv<2, 1>>> {};
struct net_parallel_add : network<features<5>, parallel<add_all, dense<3>, sequence<dense<3>, sigmoid>, dense<3>>> {};
struct net_tag_add : network<features<5>, tag<"x">, dense<5>, tanh_activation, add<"x">, dense<2>> {};
struct net_tag_concat
    : network<image<2, 3, 3>, conv<2, 1>, tag<"x">, sigmoid, conv<3, 3, same>, concat<"x">, conv<1, 2>> {};
struct net_concat_features : network<features<4>, tag<"x">, dense<3>, concat<"x">, dense<2>> {};
struct net_lenet
    : network<image<1, 8, 8>, conv<2, 3, same>, relu, max_pool<2>, conv<3, 2>, relu, max_pool<2>, flatten, dense<4>> {};
using structure_nets = std::tuple<net_flatten, net_residual, net_projected, net_parallel_concat, net_parallel_add,
                                  net_tag_add, net_tag_concat, net_concat_features, net_lenet>;

/// These need more than one sample.
struct net_batch_norm_image : network<image<3, 2, 3>, batch_norm> {};
struct net_batch_norm_features : network<features<5>, batch_norm> {};
struct net_batch_norm_between : network<image<2, 4, 3>, conv<3, 2, no_bias>, batch_norm, sigmoid, flatten, dense<2>> {};
using batch_norm_nets = std::tuple<net_batch_norm_image, net_batch_norm_features, net_batch_norm_between>;

} // namespace strata_tests
