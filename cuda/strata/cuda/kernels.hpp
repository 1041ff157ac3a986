#pragma once
/// All kernels of the `gpu` policy.
#include <strata/cuda/join/add.hpp>
#include <strata/cuda/loss/batch_mean.hpp>
#include <strata/cuda/loss/elementwise_loss.hpp>
#include <strata/cuda/move/reshape.hpp>
#include <strata/cuda/norm/batch_norm.hpp>
#include <strata/cuda/norm/normalise.hpp>
#include <strata/cuda/pointwise/dropout.hpp>
#include <strata/cuda/pointwise/elementwise.hpp>
#include <strata/cuda/pool/max_pool.hpp>
#include <strata/cuda/product/affine.hpp>
#include <strata/cuda/product/conv.hpp>
#include <strata/cuda/product/transpose_weight.hpp>
#include <strata/cuda/sum_partials.hpp>
