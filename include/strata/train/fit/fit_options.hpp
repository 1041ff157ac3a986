#pragma once
#include <strata/base/callback.hpp>
#include <strata/train/schedules/constant.hpp>
#include <strata/train/schedules/schedule_function.hpp>

#include <csignal>
#include <cstdint>
#include <vector>

namespace strata::inline STRATA_ABI {

struct history;

/// step_report — what a callback receives after a step.
struct step_report {
    int epoch = 1;            ///< 1, 2, ...
    std::int64_t step = 0;    ///< of the trainer: 1, 2, ...
    std::int64_t samples = 0; ///< of this step
    double loss = 0;          ///< of this step, the mean over what counts in its samples
    double rate_factor = 1;   ///< of the optimiser's rate
    double gradient_norm = 0; ///< before clipping; 0 unless clipping by norm
};

/// fit_options — the options of trainer.fit: trainer.fit(train, test, {.epochs = 10, .batch = 64})
struct fit_options {
    int epochs = 1;
    int batch = 32;                        ///< samples in a step; the last of an epoch may have fewer
    schedule_function schedule = constant; ///< the learning rate over the fit
    bool shuffle = true;                   ///< a new order every epoch, from the model's seed
    bool progress = true;                  ///< a bar in a terminal, a line per epoch elsewhere
    int accumulate = 1;    ///< batches whose gradients are averaged, weighted by what counts in them, before a step
    double clip_norm = 0;  ///< the gradient's Euclidean norm is scaled down to this; 0: not
    double clip_value = 0; ///< each element of the gradient is kept in ± this; 0: not
    double average = 0;    ///< decay of a running average of the parameters, see trainer::averaged; 0: none
    bool interruptible = false; ///< a first signal of these ends the fit after its step, a second the program
    std::vector<int> stop_signals = {SIGINT,
                                     SIGTERM}; ///< Ctrl-C, and how services are stopped; checkpoints take them too
    /// After every step and every epoch; one that returns false ends the fit.
    callback<bool(const step_report&)> after_step = nullptr;
    callback<bool(const history&)> after_epoch = nullptr;
};

} // namespace strata::inline STRATA_ABI
