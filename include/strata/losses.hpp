#pragma once
/// All losses.
#include <strata/train/losses/binary_cross_entropy.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/elementwise_loss.hpp>
#include <strata/train/losses/huber.hpp>
#include <strata/train/losses/l1.hpp>
#include <strata/train/losses/losses.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
