#pragma once
/// fit_run — a fit under way: what `trainer::fit` and its companions (early_stopping, checkpoints) share. hooks.hpp
/// says what a companion is.
#include <strata/train/fit/fit_options.hpp>
#include <strata/train/fit/progress_bar.hpp>
#include <strata/train/history/history.hpp>
#include <strata/train/history/run_description.hpp>
#include <strata/train/schedules/schedule_point.hpp>

#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

template <class Learner, class Metrics>
struct fit_run {
    using learner_type = Learner;
    using memory = typename Learner::memory;

    Learner& learner;
    const fit_options& options;
    std::int64_t size; ///< samples of an epoch
    std::uint64_t& passes;

    history all{};
    int epoch = 0;                ///< the last that was finished
    std::int64_t next_sample = 0; ///< of the epoch after it, in its order
    double loss = 0;              ///< of the epoch so far, summed over the samples that were collected and count
    double counted = 0;           ///< these samples: of those that a loss ignores a part of, a part
    double seconds = 0;           ///< of the epoch so far
    Metrics metrics{};            ///< of the epoch so far
    schedule_function schedule = options.schedule;
    schedule_point at{.epochs = options.epochs,
                      .steps = (size + samples_of_step() - 1) / samples_of_step() * options.epochs};
    bool goes_on = true;
    bool has_held_out = false;
    bool resumed = false;                                         ///< from a checkpoint
    double first_loss = std::numeric_limits<double>::quiet_NaN(); ///< of the learner's first step, if it is this run's
    std::vector<std::string> notes{};                             ///< for the history, and said where progress is

    step_report report{};  ///< the last; its loss is whole once all has been collected
    double of_step = 0;    ///< the samples of the step that count, of the batches that were begun
    bool unfilled = false; ///< has the network layers whose scale was not filled
    std::string kept{};    ///< where a companion has kept the state of the last step, and how to go on from it

    /// Says something that the user should know, and keeps it.
    [[gnu::cold, gnu::noinline]] void note(std::string what) {
        progress_bar(stdout, options.progress).say(what);
        notes.push_back(std::move(what));
    }

    /// Layers whose scale was not filled: what the losses say of the rate means little then.
    [[gnu::cold, gnu::noinline]] void note_unfilled(std::vector<std::string> all_of_them) {
        unfilled = !all_of_them.empty();
        for (std::string& each : all_of_them) note(std::move(each));
    }

    /// A signal has ended the run.
    [[gnu::cold, gnu::noinline]] void note_interruption(const std::string& signal) {
        all.interruption = sentence({"interrupted by ", signal, " after step ", learner.steps(), "; ",
                                     kept.empty() ? "no state was saved: use checkpoints to save it" : kept});
        note(all.interruption);
    }

    [[nodiscard]] std::int64_t samples_of_step() const { return std::int64_t{1} * options.batch * options.accumulate; }

    /// Takes the losses and results of the batches that have arrived, or of all: then the model is as the last step has
    /// left it, and nothing in it is infinite or NaN.
    void collect(bool waits = false) {
        learner.collect(
            [&](const auto& batch) {
                loss += batch.loss * batch.weight, counted += batch.weight;
                report.loss += batch.loss * batch.weight / static_cast<double>(report.samples);
                learner.measure(metrics, batch);
            },
            waits);
    }

    /// The epoch's loss so far: the mean over what counts.
    [[nodiscard]] double mean_loss() const { return counted > 0 ? loss / counted : 0; }
    /// What makes a mean over the step's samples one over those that count.
    [[nodiscard]] double over_counted() const {
        return of_step > 0 ? static_cast<double>(report.samples) / of_step : 0;
    }

    /// What the schedule makes of the rate for the step that begins at sample `first` of the epoch.
    double next_factor(std::int64_t first) {
        at.progress = (at.epoch + static_cast<double>(first) / static_cast<double>(size)) / options.epochs;
        const double factor = schedule(at);
        if (!(factor >= 0 && factor <= std::numeric_limits<double>::max())) refuse_factor(factor);
        ++at.step;
        return factor;
    }
    [[nodiscard]] double rate() const { return learner.rate(report.rate_factor); }
    /// The rate of the step whose factor was asked for last; of long fits, of about a thousand steps.
    void note_rate() {
        const std::int64_t every = (at.steps + most_rates - 1) / most_rates, step = at.step - 1;
        if (every < 2 || step % every == 0 || at.step == at.steps)
            all.rates.push_back({at.progress * options.epochs, rate()});
    }
    /// A loss that grows out of all proportion, though it is finite: said once, at the end of its epoch.
    [[gnu::cold, gnu::noinline]] void look_at_losses(const epoch_record& last) {
        const double now = last.loss;
        if (!(now > 100 * first_loss && first_loss > 0) || all.diverged) return;
        all.diverged = true;
        note(words_on_losses(
            unfilled ? "the loss grew from %.4g at the first step to %.4g in epoch %.0f. Fill the layers named above; "
                       "if it still grows, the learning rate, %g, is too high."
                     : "the loss grew from %.4g at the first step to %.4g in epoch %.0f: the learning rate, %g, is "
                       "too high. learning_rate_finder suggests one.",
            first_loss, now, last.epoch, learner.rate(1)));
    }
    /// A loss that never was below where it began.
    [[gnu::cold, gnu::noinline]] void look_back() {
        if (all.diverged || all.epochs.empty() || at.step < 10 || !(all.epochs.back().rate > 0)) return;
        double best = all.epochs.front().loss;
        for (const epoch_record& e : all.epochs) best = e.loss < best ? e.loss : best;
        if (!(best >= first_loss)) return;
        note(sentence(
            {"in ", all.epochs.size(), all.epochs.size() == 1 ? " epoch " : " epochs ",
             words_on_losses(
                 unfilled
                     ? "the loss never fell below that of the first step, %.4g; the lowest of an epoch was %.4g. Fill "
                       "the layers named above before you change the learning rate, %g."
                     : "the loss never fell below that of the first step, %.4g; the lowest of an epoch was %.4g. The "
                       "learning rate, %g, may be too high or too low: learning_rate_finder suggests one.",
                 first_loss, best, learner.rate(1))}));
    }
    template <class... Numbers>
    [[nodiscard, gnu::cold]] static std::string words_on_losses(const char* format, Numbers... numbers) {
        char text[320];
        std::snprintf(text, sizeof text, format, static_cast<double>(numbers)...);
        return text;
    }
    /// The epoch finished last, as schedules see it.
    void tell_schedule(const epoch_record& r) {
        at.epoch = r.epoch;
        at.loss = r.has_held_out ? r.held_out_loss : r.loss;
    }

    /// What the history tells of the run, before its first step.
    [[gnu::cold, gnu::noinline]] void note_run() {
        all.run = describe_run(learner, options, size);
        all.rates.reserve(static_cast<std::size_t>(at.steps < most_rates ? at.steps : most_rates) + 1);
    }

  private:
    static constexpr std::int64_t most_rates = 1024;
    [[noreturn, gnu::cold, gnu::noinline]] void refuse_factor(double factor) const {
        char number[32];
        std::snprintf(number, sizeof number, "%g", factor);
        raise(sentence({"strata: the schedule returned ", number, " as the rate factor of step ", at.step, " of ",
                        at.steps, "; a factor must be finite and not negative."}));
    }
};

} // namespace strata::inline STRATA_ABI::detail
