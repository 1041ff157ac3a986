#pragma once
/// All losses, and the `cpu` policy's kernels of those that <strata/strata.hpp> does not have.
#include <strata/cpu/loss/weighted_cross_entropy.hpp>
#include <strata/train/losses/binary_cross_entropy.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/elementwise_loss.hpp>
#include <strata/train/losses/hinge.hpp>
#include <strata/train/losses/huber.hpp>
#include <strata/train/losses/kl_divergence.hpp>
#include <strata/train/losses/l1.hpp>
#include <strata/train/losses/losses.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
#include <strata/train/losses/soft_dice.hpp>
#include <strata/train/losses/squared_hinge.hpp>
#include <strata/train/losses/wasserstein.hpp>
#include <strata/train/losses/weighted_cross_entropy.hpp>
