#pragma once
/// All kernels of the `cpu` policy.
#include <strata/cpu/add.hpp>
#include <strata/cpu/affine.hpp>
#include <strata/cpu/avg_pool.hpp>
#include <strata/cpu/batch_mean.hpp>
#include <strata/cpu/batch_norm.hpp>
#include <strata/cpu/concat.hpp>
#include <strata/cpu/conv.hpp>
#include <strata/cpu/dropout.hpp>
#include <strata/cpu/elementwise.hpp>
#include <strata/cpu/elementwise_loss.hpp>
#include <strata/cpu/max_pool.hpp>
#include <strata/cpu/normalise.hpp>
#include <strata/cpu/reshape.hpp>
#include <strata/cpu/softmax.hpp>
#include <strata/cpu/sum_partials.hpp>
#include <strata/cpu/transpose_weight.hpp>
