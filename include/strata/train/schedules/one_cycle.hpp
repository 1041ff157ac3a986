#pragma once
/// one_cycle — up to the rate and down to almost 0, along two half cosines:  {.schedule = strata::one_cycle{}}
///
///   step 0                          1 / div_factor
///   step pct_start · steps − 1      1
///   step steps − 1                  1 / (div_factor · final_div_factor)
///
/// The optimiser's rate is the highest of the fit. Momentum is not changed.
///
/// Options  those of torch's OneCycleLR, with its defaults
/// Errors   `check` raises `error` for options that make no sense
/// Source   Smith & Topin 2018; torch.optim.lr_scheduler.OneCycleLR in two phases (cycle_momentum=False), stepped after
///          each batch
#include <strata/train/optimisers/option_check.hpp>
#include <strata/train/schedules/cosine.hpp>
#include <strata/train/schedules/schedule_point.hpp>

namespace strata::inline STRATA_ABI {

struct one_cycle {
    double pct_start = 0.3; ///< the part of the steps that goes upwards
    double div_factor = 25;
    double final_div_factor = 1e4;

    double operator()(const schedule_point& at) const {
        const auto step = static_cast<double>(at.step), last = static_cast<double>(at.steps - 1);
        const double peak = pct_start * static_cast<double>(at.steps) - 1, begin = 1 / div_factor,
                     end = begin / final_div_factor;
        if (step <= peak) return between(begin, 1, peak > 0 ? step / peak : 1);
        return between(1, end, (step - peak) / (last - peak)); // peak < last here: some step lies between
    }

    void check() const {
        const detail::option_check is{"one_cycle"};
        is.at_most_one("rising fraction", pct_start, ".pct_start = 0.3");
        is.positive("div_factor", div_factor, ".div_factor = 25");
        is.positive("final_div_factor", final_div_factor, ".final_div_factor = 1e4");
    }

  private:
    static double between(double from, double to, double part) { return to + (from - to) * cosine(part); }
};

} // namespace strata::inline STRATA_ABI
