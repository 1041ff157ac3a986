#pragma once
/// The kernels of the `cpu` policy for the layers and losses of <strata/strata.hpp>, which every program compiles.
/// Those that fewer programs need come with <strata/vision.hpp>, <strata/sequences.hpp> and <strata/losses.hpp>;
/// header_with_kernel.hpp lists their operations.
#include <strata/cpu/join/add.hpp>
#include <strata/cpu/join/concat.hpp>
#include <strata/cpu/loss/batch_mean.hpp>
#include <strata/cpu/loss/elementwise_loss.hpp>
#include <strata/cpu/move/reshape.hpp>
#include <strata/cpu/move/stream_window.hpp>
#include <strata/cpu/move/upsample.hpp>
#include <strata/cpu/move/upsample_bilinear.hpp>
#include <strata/cpu/norm/batch_norm.hpp>
#include <strata/cpu/norm/normalise.hpp>
#include <strata/cpu/norm/softmax.hpp>
#include <strata/cpu/pointwise/dropout.hpp>
#include <strata/cpu/pointwise/elementwise.hpp>
#include <strata/cpu/pool/avg_pool.hpp>
#include <strata/cpu/pool/max_pool.hpp>
#include <strata/cpu/product/affine.hpp>
#include <strata/cpu/product/conv.hpp>
#include <strata/cpu/product/depthwise_conv.hpp>
#include <strata/cpu/product/transpose_weight.hpp>
#include <strata/cpu/sum_partials.hpp>
