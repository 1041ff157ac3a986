#pragma once
/// All kernels of the `gpu` policy.
#include <strata/cuda/add.hpp>
#include <strata/cuda/affine.hpp>
#include <strata/cuda/batch_mean.hpp>
#include <strata/cuda/batch_norm.hpp>
#include <strata/cuda/conv.hpp>
#include <strata/cuda/dropout.hpp>
#include <strata/cuda/elementwise.hpp>
#include <strata/cuda/elementwise_loss.hpp>
#include <strata/cuda/max_pool.hpp>
#include <strata/cuda/normalise.hpp>
#include <strata/cuda/reshape.hpp>
#include <strata/cuda/softmax_cross_entropy.hpp>
#include <strata/cuda/sum_partials.hpp>
#include <strata/cuda/transpose_weight.hpp>
