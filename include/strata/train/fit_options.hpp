#pragma once
#include <strata/train/schedules/constant.hpp>
#include <strata/train/schedules/schedule_function.hpp>

namespace strata::inline v0_1 {

/// How `trainer::fit` goes about it: `trainer.fit(train, test, {.epochs = 10, .batch = 64})`.
struct fit_options {
    int epochs = 1;
    int batch = 32;         ///< samples in a step; the last of an epoch may have fewer
    schedule_function schedule = constant; ///< the learning rate over the fit
    bool shuffle = true;    ///< a new order every epoch, from the model's seed
    bool progress = true;   ///< a bar in a terminal, a line per epoch elsewhere
};

} // namespace strata::inline v0_1
