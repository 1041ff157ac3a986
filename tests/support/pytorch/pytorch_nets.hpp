#pragma once
/// The networks of tests/pytorch in C++, a type per file.
#include "weighted_sum.hpp"
#include <strata/layers.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
#include <tuple>

namespace strata_tests::pytorch {

using namespace strata; // NOLINT: this header is for tests alone
using namespace strata::core;

/// A network with the name of its file and the loss in it.
template <fixed_string File, class... Layers>
struct net_of : network<Layers...> {
    static constexpr const char* file = File.c_str();
    using loss = weighted_sum;
};

struct dense_5_3_net : net_of<"dense_5_3", features<5>, dense<3>> {};
struct dense_no_bias_net : net_of<"dense_no_bias", features<7>, dense<4, no_bias>> {};
struct dense_17_16_net : net_of<"dense_17_16", features<17>, dense<16>> {};
struct conv_valid_net : net_of<"conv_valid", image<3, 7, 9>, conv<5, 3>> {};
struct conv_padding_net : net_of<"conv_padding", image<2, 6, 6>, conv<4, 3, padding<1>>> {};
struct conv_stride_dilation_net
    : net_of<"conv_stride_dilation", image<2, 11, 10>, conv<3, 3, stride<2>, dilation<2>, padding<2>>> {};
struct conv_stride3_dilation2_net
    : net_of<"conv_stride3_dilation2", image<2, 11, 10>, conv<3, 3, stride<3>, dilation<2>, padding<1>>> {};
struct conv_groups_net : net_of<"conv_groups", image<4, 5, 5>, conv<6, 3, groups<2>, padding<1>>> {};
struct conv_depthwise_net : net_of<"conv_depthwise", image<3, 6, 5>, conv<3, 3, groups<3>>> {};
struct conv_1x1_net : net_of<"conv_1x1", image<17, 3, 3>, conv<15, 1>> {};
struct conv_same_odd_net : net_of<"conv_same_odd", image<2, 5, 7>, conv<3, 3, same>> {};
struct conv_same_even_net : net_of<"conv_same_even", image<2, 5, 7>, conv<3, 4, same>> {};
struct conv_same_stride2_net : net_of<"conv_same_stride2", image<2, 7, 8>, conv<3, 3, same, stride<2>>> {};
struct conv_unequal_kernel_net : net_of<"conv_unequal_kernel", image<2, 6, 8>, conv<4, kernel(3, 5)>> {};
struct conv_no_bias_net : net_of<"conv_no_bias", image<3, 5, 7>, conv<2, 3, no_bias>> {};
struct max_pool_2_net : net_of<"max_pool_2", image<3, 7, 6>, max_pool<2>> {};
struct max_pool_3_stride2_padding1_net
    : net_of<"max_pool_3_stride2_padding1", image<2, 7, 6>, max_pool<3, stride<2>, padding<1>>> {};
struct max_pool_ceil_net : net_of<"max_pool_ceil", image<3, 7, 6>, max_pool<2, ceil_mode>> {};
struct max_pool_ceil_dropped_net : net_of<"max_pool_ceil_dropped", image<2, 6, 7>, max_pool<2, stride<3>, ceil_mode>> {
};
struct max_pool_dilation_net : net_of<"max_pool_dilation", image<2, 7, 6>, max_pool<3, stride<1>, dilation<2>>> {};
struct avg_pool_2_net : net_of<"avg_pool_2", image<3, 7, 6>, avg_pool<2>> {};
struct avg_pool_padding_net : net_of<"avg_pool_padding", image<2, 7, 6>, avg_pool<3, stride<2>, padding<1>>> {};
struct avg_pool_ceil_net : net_of<"avg_pool_ceil", image<2, 6, 7>, avg_pool<3, stride<2>, padding<1>, ceil_mode>> {};
struct max_pool_ceil_larger_net : net_of<"max_pool_ceil_larger", image<2, 2, 4>, max_pool<3, ceil_mode>> {};
struct avg_pool_ceil_larger_net
    : net_of<"avg_pool_ceil_larger", image<2, 1, 5>, avg_pool<4, stride<2>, padding<1>, ceil_mode>> {};
struct avg_pool_exclude_padding_net
    : net_of<"avg_pool_exclude_padding", image<2, 7, 6>, avg_pool<3, stride<2>, padding<1>, exclude_padding>> {};
struct avg_pool_exclude_padding_ceil_net : net_of<"avg_pool_exclude_padding_ceil", image<2, 6, 7>,
                                                  avg_pool<3, stride<2>, padding<1>, ceil_mode, exclude_padding>> {};
struct global_avg_pool_net : net_of<"global_avg_pool", image<5, 3, 4>, global_avg_pool> {};
struct upsample_2_net : net_of<"upsample_2", image<3, 4, 5>, upsample<2>> {};
struct upsample_2_3_net : net_of<"upsample_2_3", image<2, 4, 3>, upsample<2, 3>> {};
struct upsample_3_conv_net
    : net_of<"upsample_3_conv", image<2, 3, 4>, conv<5, 3, padding<1>>, softplus, upsample<3>, conv<4, 3, padding<1>>> {
};
struct upsample_bilinear_net : net_of<"upsample_bilinear", image<2, 4, 3>, upsample<2, 3, bilinear>> {};
struct upsample_bilinear_conv_net : net_of<"upsample_bilinear_conv", image<2, 3, 4>, conv<3, 3, padding<1>>, softplus,
                                           upsample<4, bilinear>, conv<2, 1>> {};
struct pad_zero_net : net_of<"pad_zero", image<2, 3, 4>, pad<sides(1, 2, 3, 0)>> {};
struct pad_reflect_net : net_of<"pad_reflect", image<2, 4, 3>, pad<sides(3, 1, 2, 0), reflect>> {};
struct pad_replicate_net : net_of<"pad_replicate", image<2, 2, 3>, pad<sides(3, 1, 2, 0), replicate>> {};
struct pad1d_net : net_of<"pad1d", time_series<2, 5>, pad1d<1, 2>, pad1d<3, 0, reflect>, pad1d<1, 4, replicate>> {};
struct crop_net : net_of<"crop", image<2, 5, 6>, crop<1, 2, 3, 3>> {};
struct pixel_shuffle_net : net_of<"pixel_shuffle", image<18, 2, 3>, pixel_shuffle<3>> {};
struct pixel_unshuffle_net : net_of<"pixel_unshuffle", image<2, 4, 6>, pixel_unshuffle<2>> {};
struct adaptive_avg_pool_net : net_of<"adaptive_avg_pool", image<2, 7, 5>, adaptive_avg_pool<3, 4>> {};
struct adaptive_avg_pool_larger_net : net_of<"adaptive_avg_pool_larger", image<2, 3, 4>, adaptive_avg_pool<5>> {};
struct adaptive_max_pool_net : net_of<"adaptive_max_pool", image<2, 7, 5>, adaptive_max_pool<3, 4>> {};
struct global_max_pool_net : net_of<"global_max_pool", image<3, 4, 3>, global_max_pool> {};
struct conv_transpose_net
    : net_of<"conv_transpose", image<3, 3, 4>, conv_transpose<4, 3, stride<2>, padding<1>, output_padding<1>>> {};
struct conv_transpose_plain_net
    : net_of<"conv_transpose_plain", image<2, 4, 3>, conv_transpose<3, kernel(3, 2), padding<1, 0>>> {};
struct conv_transpose_groups_net
    : net_of<"conv_transpose_groups", image<4, 3, 3>,
             conv_transpose<6, 3, stride<3, 2>, dilation<2>, groups<2>, output_padding<2, 1>, no_bias>> {};
struct conv_transpose_decoder_net
    : net_of<"conv_transpose_decoder", image<3, 2, 2>, conv_transpose<4, 4, stride<2>, padding<1>, no_bias>, batch_norm,
             softplus, conv_transpose<2, 4, stride<2>, padding<1>>, tanh_activation> {};
struct conv_transpose1d_net : net_of<"conv_transpose1d", time_series<4, 5>,
                                     conv_transpose1d<6, 4, stride<3>, padding<1>, output_padding<2>, groups<2>>> {};
struct conv_depthwise_stride2_net
    : net_of<"conv_depthwise_stride2", image<5, 7, 6>, conv<5, 3, groups<5>, stride<2>, padding<1>>, softplus,
             conv<5, 3, groups<5>, dilation<2>, padding<2>, no_bias>, tanh_activation> {};
struct conv1d_valid_net : net_of<"conv1d_valid", time_series<3, 9>, conv1d<5, 3>> {};
struct conv1d_same_net : net_of<"conv1d_same", time_series<2, 8>, conv1d<4, 4, same, dilation<2>>> {};
struct conv1d_groups_net
    : net_of<"conv1d_groups", time_series<4, 10>, conv1d<6, 3, groups<2>, stride<2>, padding<1>, no_bias>> {};
struct conv1d_causal_net : net_of<"conv1d_causal", time_series<3, 9>, conv1d<17, 3, causal, dilation<2>>> {};
struct conv1d_blocks_net : net_of<"conv1d_blocks", time_series<2, 12>, conv1d<6, 3, causal, no_bias>, batch_norm, relu,
                                  residual<sequence<conv1d<6, 2, causal, dilation<4>>, tanh_activation, conv1d<6, 1>>>,
                                  conv1d<3, 3, causal, stride<2>>, flatten, dense<4>> {};
struct max_pool1d_net : net_of<"max_pool1d", time_series<3, 9>, max_pool1d<3, stride<2>, padding<1>>> {};
struct avg_pool1d_net : net_of<"avg_pool1d", time_series<2, 9>, avg_pool1d<3, stride<2>, padding<1>>> {};
struct conv1d_pools_net : net_of<"conv1d_pools", time_series<2, 10>, conv1d<6, 3>, batch_norm, relu, max_pool1d<2>,
                                 conv1d<5, 2>, global_avg_pool, dense<3>> {};
struct relu_net : net_of<"relu", features<13>, relu> {};
struct leaky_relu_net : net_of<"leaky_relu", features<13>, leaky_relu<>> {};
struct leaky_relu_02_net : net_of<"leaky_relu_02", features<13>, leaky_relu<0.2>> {};
struct sigmoid_net : net_of<"sigmoid", features<13>, sigmoid> {};
struct tanh_net : net_of<"tanh", features<13>, tanh_activation> {};
struct softplus_net : net_of<"softplus", features<13>, softplus> {};
struct elu_net : net_of<"elu", features<13>, elu<>> {};
struct elu_half_net : net_of<"elu_half", features<13>, elu<0.5>> {};
struct selu_net : net_of<"selu", features<13>, selu> {};
struct gelu_net : net_of<"gelu", features<13>, gelu> {};
struct gelu_tanh_net : net_of<"gelu_tanh", features<13>, gelu_tanh> {};
struct silu_net : net_of<"silu", features<13>, silu> {};
struct mish_net : net_of<"mish", features<13>, mish> {};
struct hard_swish_net : net_of<"hard_swish", features<13>, hard_swish> {};
struct hard_sigmoid_net : net_of<"hard_sigmoid", features<13>, hard_sigmoid> {};
struct hard_tanh_net : net_of<"hard_tanh", features<13>, hard_tanh> {};
struct relu6_net : net_of<"relu6", features<13>, relu6> {};
struct prelu_net : net_of<"prelu", image<3, 3, 4>, prelu> {};
struct prelu_shared_net : net_of<"prelu_shared", features<13>, dense<6>, prelu_shared> {};
struct mul_net : net_of<"mul", features<5>, dense<4>, tag<"x">, dense<4>, sigmoid, mul<"x">> {};
struct mul_channels_net : net_of<"mul_channels", image<3, 4, 5>, tag<"x">, global_avg_pool, dense<2>, tanh_activation,
                                 dense<3>, sigmoid, mul<"x">> {};
struct squeeze_excite_net : net_of<"squeeze_excite", image<3, 4, 5>, conv<8, 3, padding<1>>, squeeze_excite<4, silu>> {
};
struct squeeze_excite_hard_net : net_of<"squeeze_excite_hard", image<8, 3, 4>, squeeze_excite<3, relu, hard_sigmoid>> {
};
struct softmax_net : net_of<"softmax", features<7>, softmax> {};
struct batch_norm_image_net : net_of<"batch_norm_image", image<3, 4, 5>, batch_norm> {};
struct batch_norm_features_net : net_of<"batch_norm_features", features<6>, batch_norm> {};
struct batch_norm_as_keras_net
    : net_of<"batch_norm_as_keras", image<3, 4, 5>, batch_norm_with<epsilon<1e-3>, momentum<0.01>>> {};
struct conv_batch_norm_relu_net
    : net_of<"conv_batch_norm_relu", image<2, 5, 4>, conv<3, 3, padding<1>, no_bias>, batch_norm, relu> {};
struct residual_plain_net : net_of<"residual_plain", image<4, 5, 5>,
                                   residual<sequence<conv<4, 3, padding<1>>, relu, conv<4, 3, padding<1>>>>> {};
struct residual_projected_net
    : net_of<
          "residual_projected", image<4, 7, 5>,
          residual<sequence<conv<6, 3, padding<1>, stride<2>>, relu, conv<6, 3, padding<1>>>, conv<6, 1, stride<2>>>> {
};
struct parallel_concat_net
    : net_of<"parallel_concat", image<3, 5, 4>, parallel<concat_all, conv<2, 3, padding<1>>, conv<4, 1>>> {};
struct parallel_add_net
    : net_of<"parallel_add", image<3, 5, 4>, parallel<add_all, conv<2, 3, padding<1>>, conv<2, 1>>> {};
struct lenet_mini_net : net_of<"lenet_mini", image<1, 12, 12>, conv<2, 3, same>, relu, max_pool<2>, conv<3, 3>, relu,
                               max_pool<2>, flatten, dense<5>, relu, dense<4>> {
    using loss = strata::cross_entropy;
};
struct cross_entropy_net : net_of<"cross_entropy", features<5>, dense<7>> {
    using loss = strata::cross_entropy;
};
struct mse_net : net_of<"mse", features<5>, dense<3>> {
    using loss = strata::mean_squared_error;
};

/// With a loss of class numbers at positions.
template <fixed_string File, class... Layers>
struct classes_of : network<Layers...> {
    static constexpr const char* file = File.c_str();
    static constexpr int steps = 5;
    using loss = strata::cross_entropy;
};
struct dense_sequence_net : net_of<"dense_sequence", vectors<4, 5>, dense<3>> {
    static constexpr int steps = 5;
};
struct layer_norm_sequence_net : net_of<"layer_norm_sequence", vectors<4, 6>, layer_norm> {
    static constexpr int steps = 5;
};
struct layer_norm_features_net : net_of<"layer_norm_features", features<9>, layer_norm_with<epsilon<1e-3>, no_bias>> {
    static constexpr int steps = 5;
};
struct rms_norm_sequence_net : net_of<"rms_norm_sequence", vectors<4, 6>, rms_norm> {
    static constexpr int steps = 5;
};
struct layer_norm_image_net : net_of<"layer_norm_image", image<5, 3, 4>, layer_norm> {
    static constexpr int steps = 5;
};
struct layer_norm_signal_net : net_of<"layer_norm_signal", time_series<4, 7>, layer_norm> {
    static constexpr int steps = 5;
};
struct layer_norm_all_net : net_of<"layer_norm_all", image<3, 2, 4>, layer_norm_with<all_positions>> {
    static constexpr int steps = 5;
};
struct rms_norm_image_net : net_of<"rms_norm_image", image<5, 3, 4>, rms_norm> {
    static constexpr int steps = 5;
};
struct rms_norm_all_net : net_of<"rms_norm_all", image<3, 2, 4>, rms_norm_with<all_positions>> {
    static constexpr int steps = 5;
};
struct group_norm_image_net : net_of<"group_norm_image", image<6, 3, 4>, group_norm<3>> {
    static constexpr int steps = 5;
};
struct group_norm_plain_net
    : net_of<"group_norm_plain", image<4, 3, 2>, conv<6, 2>, group_norm<2, no_affine, epsilon<1e-3>>> {
    static constexpr int steps = 5;
};
struct group_norm_features_net : net_of<"group_norm_features", features<6>, group_norm<2>> {
    static constexpr int steps = 5;
};
struct instance_norm_image_net : net_of<"instance_norm_image", image<3, 4, 5>, instance_norm_with<affine>> {
    static constexpr int steps = 5;
};
struct instance_norm_signal_net
    : net_of<"instance_norm_signal", time_series<3, 8>, conv1d<4, 2, no_bias>, instance_norm, conv1d<2, 1>> {
    static constexpr int steps = 5;
};
struct local_response_norm_net
    : net_of<"local_response_norm", image<3, 2, 3>, conv<7, 1>, local_response_norm<5, 0.5, 0.75, 2>> {
    static constexpr int steps = 5;
};
struct local_response_norm_even_net
    : net_of<"local_response_norm_even", image<3, 4, 3>, conv<6, 2>, local_response_norm<4, 1, 0.6>, conv<2, 1>> {
    static constexpr int steps = 5;
};
struct matmul_attention_net : net_of<"matmul_attention", vectors<5, 3>, dense<4>, tag<"keys">, dense<4>,
                                     matmul_transposed<"keys">, softmax, matmul<"keys">> {
    static constexpr int steps = 5;
};
struct embedding_net : net_of<"embedding", tokens<5, 7>, embedding<7, 3>> {
    static constexpr int steps = 5;
};
struct mean_over_positions_net : net_of<"mean_over_positions", tokens<6, 7, padding<0>>, embedding<7, 3>, layer_norm,
                                        mean_over_positions, dense<2>> {
    static constexpr int steps = 5;
};
struct max_over_positions_net
    : net_of<"max_over_positions", tokens<6, 7, padding<0>>, embedding<7, 3>, dense<4>, max_over_positions, dense<2>> {
    static constexpr int steps = 5;
};
struct cross_entropy_sequence_net : classes_of<"cross_entropy_sequence", vectors<4, 3>, dense<5>> {
    static loss loss_of_positions() { return {.ignore_index = 3}; }
};
struct cross_entropy_tokens_net : classes_of<"cross_entropy_tokens", tokens<6, 9>, embedding<9, 8>, layer_norm,
                                             dense<5>, tanh_activation, dense<4>> {
    static loss loss_of_positions() { return {.label_smoothing = 0.125, .class_weights = {1, 0.25, 4, 2}}; }
};
struct cross_entropy_pixels_net : classes_of<"cross_entropy_pixels", image<2, 3, 4>, conv<5, 3, padding<1>>> {
    static loss loss_of_positions() {
        return {.label_smoothing = 0.125, .class_weights = {1, 0.25, 4, 2, 0.5}, .ignore_index = 2};
    }
};
struct cross_entropy_signal_net
    : classes_of<"cross_entropy_signal", time_series<2, 7>, conv1d<5, 3, padding<1>>, tanh_activation, conv1d<4, 1>> {
    static loss loss_of_positions() { return {.ignore_index = 0}; }
};
struct cross_entropy_upsample_net : classes_of<"cross_entropy_upsample", image<3, 3, 2>, conv<4, 3, padding<1>>,
                                               tanh_activation, upsample<2>, conv<3, 1>> {
    static loss loss_of_positions() { return {}; }
};

using dense_nets = std::tuple<dense_5_3_net, dense_no_bias_net, dense_17_16_net, cross_entropy_net, mse_net>;
using conv_nets = std::tuple<conv_valid_net, conv_padding_net, conv_stride_dilation_net, conv_stride3_dilation2_net,
                             conv_groups_net, conv_depthwise_net, conv_1x1_net, conv_same_odd_net, conv_same_even_net,
                             conv_same_stride2_net, conv_unequal_kernel_net, conv_no_bias_net>;
using signal_nets = std::tuple<conv1d_valid_net, conv1d_same_net, conv1d_groups_net, conv1d_causal_net,
                               conv1d_blocks_net, max_pool1d_net, avg_pool1d_net, conv1d_pools_net>;
using pool_nets = std::tuple<max_pool_2_net, max_pool_3_stride2_padding1_net, max_pool_ceil_net,
                             max_pool_ceil_dropped_net, max_pool_dilation_net, avg_pool_2_net, avg_pool_padding_net,
                             avg_pool_ceil_net, max_pool_ceil_larger_net, avg_pool_ceil_larger_net,
                             avg_pool_exclude_padding_net, avg_pool_exclude_padding_ceil_net, global_avg_pool_net>;
using element_nets =
    std::tuple<relu_net, leaky_relu_net, leaky_relu_02_net, sigmoid_net, tanh_net, softplus_net, softmax_net, elu_net,
               elu_half_net, selu_net, gelu_net, gelu_tanh_net, silu_net, mish_net, hard_swish_net, hard_sigmoid_net,
               hard_tanh_net, relu6_net, prelu_net, prelu_shared_net>;
using scale_nets = std::tuple<mul_net, mul_channels_net, squeeze_excite_net, squeeze_excite_hard_net>;
using move_nets = std::tuple<upsample_2_net, upsample_2_3_net, upsample_3_conv_net>;
using geometry_nets =
    std::tuple<upsample_bilinear_net, upsample_bilinear_conv_net, pad_zero_net, pad_reflect_net, pad_replicate_net,
               pad1d_net, crop_net, pixel_shuffle_net, pixel_unshuffle_net, adaptive_avg_pool_net,
               adaptive_avg_pool_larger_net, adaptive_max_pool_net, global_max_pool_net, conv_transpose_net,
               conv_transpose_plain_net, conv_transpose_groups_net, conv_transpose_decoder_net, conv_transpose1d_net,
               conv_depthwise_stride2_net>;
using position_nets = std::tuple<dense_sequence_net, layer_norm_sequence_net, layer_norm_features_net,
                                 rms_norm_sequence_net, matmul_attention_net, embedding_net, mean_over_positions_net,
                                 max_over_positions_net, cross_entropy_sequence_net, cross_entropy_tokens_net,
                                 cross_entropy_pixels_net, cross_entropy_signal_net, cross_entropy_upsample_net>;
using norm_nets =
    std::tuple<local_response_norm_net, local_response_norm_even_net, layer_norm_image_net, layer_norm_signal_net,
               layer_norm_all_net, rms_norm_image_net, rms_norm_all_net, group_norm_image_net, group_norm_plain_net,
               group_norm_features_net, instance_norm_image_net, instance_norm_signal_net>;
using batch_norm_nets =
    std::tuple<batch_norm_image_net, batch_norm_features_net, batch_norm_as_keras_net, conv_batch_norm_relu_net>;
using structure_nets =
    std::tuple<residual_plain_net, residual_projected_net, parallel_concat_net, parallel_add_net, lenet_mini_net>;

} // namespace strata_tests::pytorch
