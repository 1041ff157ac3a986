#pragma once
/// cosine — from the rate down to 0 along half a cosine:  {.schedule = strata::cosine}
///
///   factor = (1 + cos(π · progress)) / 2
///
/// Source   Loshchilov & Hutter 2017, without restarts; torch.optim.lr_scheduler.CosineAnnealingLR, stepped after each
///          batch
#include <strata/base/abi.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI {

inline double cosine(double progress) { return 0.5 * (1 + std::cos(3.14159265358979323846 * progress)); }

} // namespace strata::inline STRATA_ABI
