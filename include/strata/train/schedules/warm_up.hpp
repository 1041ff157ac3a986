#pragma once
/// warm_up — a linear rise, followed by another schedule:  strata::warm_up{.epochs = 2, .then = strata::cosine}
///
///   factor = start + (1 − start) · step / w  for step < w, the steps of `epochs` epochs;  then(step − w) from there
///
/// The following schedule sees the remaining steps as a fit of its own.
///
/// Options  epochs: length of the rise, also a fraction;  start: the first factor;  then: any schedule
/// Errors   `check` raises `error` for options that make no sense
/// Source   Goyal et al. 2017; torch.optim.lr_scheduler.LinearLR (start: start_factor) before others in a SequentialLR
#include <cmath>
#include <strata/train/optimisers/option_check.hpp>
#include <strata/train/schedules/constant.hpp>
#include <strata/train/schedules/schedule_function.hpp>

namespace strata::inline STRATA_ABI {

struct warm_up {
    double epochs = 1;
    double start = 1.0 / 3;
    schedule_function then = constant;

    double operator()(const schedule_point& at) {
        const auto steps = static_cast<double>(at.steps);
        const std::int64_t rise = std::llround(epochs * steps / at.epochs);
        if (at.step < rise) return start + (1 - start) * static_cast<double>(at.step) / static_cast<double>(rise);
        const double part = static_cast<double>(rise) / steps;
        schedule_point rest = at;
        rest.step -= rise;
        rest.steps -= rise;
        rest.progress = (at.progress - part) / (1 - part);
        rest.epoch = static_cast<int>(rest.step * at.epochs / at.steps);
        rest.epochs = static_cast<int>((rest.steps * at.epochs + at.steps - 1) / at.steps);
        return then(rest);
    }

    void check() const {
        const detail::option_check is{"warm_up"};
        is.not_negative("number of epochs", epochs, ".epochs = 1");
        is.at_most_one("first factor", start, ".start = 0.1");
    }
};

} // namespace strata::inline STRATA_ABI
