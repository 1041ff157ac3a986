#pragma once
/// step_decay — multiplies the rate by gamma after a number of epochs:  strata::step_decay{.every = 10}
///
///   factor = gamma ^ ⌊epoch / every⌋                       epoch = 0, 1, ...
///
/// Options  every: epochs, at least 1;  gamma
/// Errors   `check` raises `error` for options that make no sense
/// Source   torch.optim.lr_scheduler.StepLR (every: step_size)
#include <cmath>
#include <strata/train/optimisers/option_check.hpp>
#include <strata/train/schedules/schedule_point.hpp>

namespace strata::inline STRATA_ABI {

struct step_decay {
    int every = 10;
    double gamma = 0.1;

    double operator()(const schedule_point& at) const { return std::pow(gamma, at.epoch / every); }

    void check() const {
        const detail::option_check is{"step_decay"};
        if (every < 1) is.refuse("number of epochs", every, "at least 1", ".every = 10");
        is.positive("gamma", gamma, ".gamma = 0.1");
    }
};

} // namespace strata::inline STRATA_ABI
