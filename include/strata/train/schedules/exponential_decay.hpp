#pragma once
/// exponential_decay — multiplies the rate by gamma after every epoch:  strata::exponential_decay{.gamma = 0.95}
///
///   factor = gamma ^ epoch                                 epoch = 0, 1, ...
///
/// Errors   `check` raises `error` for options that make no sense
/// Source   torch.optim.lr_scheduler.ExponentialLR
#include <cmath>
#include <strata/train/optimisers/option_check.hpp>
#include <strata/train/schedules/schedule_point.hpp>

namespace strata::inline STRATA_ABI {

struct exponential_decay {
    double gamma = 0.95;

    double operator()(const schedule_point& at) const { return std::pow(gamma, at.epoch); }

    void check() const { detail::option_check{"exponential_decay"}.positive("gamma", gamma, ".gamma = 0.95"); }
};

} // namespace strata::inline STRATA_ABI
