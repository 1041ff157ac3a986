#pragma once
/// plateau — reduces the rate when the loss stops improving:  strata::plateau{.factor = 0.5, .patience = 3}
///
/// It looks at the loss after each epoch: that of the held-out data, if fit has some. A loss below
/// best · (1 − threshold) is an improvement. After more than `patience` epochs in a row without one, the rate is
/// multiplied by `factor`, down to min_factor of the optimiser's rate; then `cooldown` epochs pass before counting
/// starts again.
///
/// Options  those of torch's ReduceLROnPlateau, with its defaults (min_factor: min_lr, as a fraction of the rate)
/// Errors   `check` raises `error` for options that make no sense
/// Source   torch.optim.lr_scheduler.ReduceLROnPlateau, with threshold_mode='rel'
#include <limits>
#include <strata/train/optimisers/option_check.hpp>
#include <strata/train/schedules/schedule_point.hpp>

namespace strata::inline STRATA_ABI {

struct plateau {
    double factor = 0.1;
    int patience = 10;
    double threshold = 1e-4;
    int cooldown = 0;
    double min_factor = 0;

    /// What it remembers; not an option.
    struct memory_of_plateau {
        int epoch = 0, bad_epochs = 0, cooling = 0;
        double best = std::numeric_limits<double>::infinity(), now = 1;
    } so_far{};

    double operator()(const schedule_point& at) {
        if (at.epoch != so_far.epoch) {
            so_far.epoch = at.epoch;
            look_at(at.loss);
        }
        return so_far.now;
    }

    void check() const {
        const detail::option_check is{"plateau"};
        is.below_one("factor", factor, ".factor = 0.1");
        is.not_negative("patience", patience, ".patience = 10");
        is.below_one("threshold", threshold, ".threshold = 1e-4");
        is.not_negative("cooldown", cooldown, ".cooldown = 0");
        is.at_most_one("smallest factor", min_factor, ".min_factor = 0");
    }

  private:
    void look_at(double loss) {
        if (loss < so_far.best * (1 - threshold)) {
            so_far.best = loss;
            so_far.bad_epochs = 0;
        } else {
            ++so_far.bad_epochs;
        }
        if (so_far.cooling > 0) {
            --so_far.cooling;
            so_far.bad_epochs = 0;
        }
        if (so_far.bad_epochs <= patience) return;
        const double smaller = so_far.now * factor;
        so_far.now = smaller > min_factor ? smaller : min_factor;
        so_far.cooling = cooldown;
        so_far.bad_epochs = 0;
    }
};

} // namespace strata::inline STRATA_ABI
