#pragma once
/// All kernels of the `reference` policy.
#include <strata/reference/add.hpp>
#include <strata/reference/affine.hpp>
#include <strata/reference/batch_mean.hpp>
#include <strata/reference/batch_norm.hpp>
#include <strata/reference/conv.hpp>
#include <strata/reference/dropout.hpp>
#include <strata/reference/elementwise.hpp>
#include <strata/reference/elementwise_loss.hpp>
#include <strata/reference/max_pool.hpp>
#include <strata/reference/normalise.hpp>
#include <strata/reference/reshape.hpp>
#include <strata/reference/sum_partials.hpp>
#include <strata/reference/transpose_weight.hpp>
