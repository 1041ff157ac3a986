#pragma once
/// learning_rate_finder — a learning-rate range test: steps at growing rates, and the loss at each.
///
///   const auto found = strata::learning_rate_finder{}.search(trainer, train, {.batch = 64});
///   for (const auto& p : found.points) std::printf("%g %g\n", p.rate, p.smoothed);   // to plot, over log(rate)
///   const double rate = found.suggestion();                                          // for the optimiser
///
/// A good rate is between the one where the loss begins to fall and the one where it rises. After the search, the model
/// and the trainer are what they were, to the bit.
/// Options  lowest, highest   the rates of the first and last step; it grows by the same factor at every step
///          steps             their number, over as many passes of the data as that takes
///          smoothing         β of the losses' running average, a[i] = β a[i−1] + (1 − β) loss[i];
///                            smoothed = a[i] / (1 − β^(i+1))
///          diverges_at       the search ends where the smoothed loss exceeds this multiple of its lowest value, or
///                            where the loss is no longer finite
/// The trainer's optimiser makes the steps, with all its options except the rate. Of fit's options, batch, shuffle,
/// accumulate, clip_norm and clip_value apply.
/// Errors   error for options that make no sense, and for whatever ends the first step
/// Source   Smith: Cyclical Learning Rates for Training Neural Networks, 2017, section 3.3; the growth by a factor, the
///          smoothing and the end as in fastai's lr_find
#include <strata/base/needs_exceptions.hpp>
#include <strata/train/companions/hooks.hpp>
#include <strata/train/fit/fit_options.hpp>
#include <strata/train/history/history.hpp>
#include <strata/train/optimisers/option_check.hpp>
#include <strata/train/trainer.hpp>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

/// What a search found.
struct learning_rates {
    struct point {
        double rate, loss, smoothed;
    };
    std::vector<point> points;
    std::string ended; ///< why the search ended before its last step; empty if it did not

    /// The rate of the steepest descent: where the smoothed loss falls fastest over log(rate), by central differences,
    /// up to its lowest; the first tenth, of which the average is of a few batches, is left out. (fastai calls it
    /// `steep`.)
    /// Errors   error where the loss does not fall
    [[nodiscard, gnu::cold]] double suggestion() const {
        std::size_t lowest = 0, steepest = 0;
        for (std::size_t i = 1; i < points.size(); ++i)
            if (points[i].smoothed < points[lowest].smoothed) lowest = i;
        double slope = 0;
        for (std::size_t i = points.size() / 10 + 1; i < lowest; ++i) {
            const point &before = points[i - 1], &after = points[i + 1];
            const double here = (after.smoothed - before.smoothed) / std::log(after.rate / before.rate);
            if (here < slope) slope = here, steepest = i;
        }
        if (steepest == 0)
            raise(sentence({"strata: no learning rate can be suggested, because the loss fell at none of the ",
                            points.size(), " rates", ended.empty() ? "" : ": ", ended,
                            ". Search a wider range, or in more steps; if the loss never falls, check the data."}));
        return points[steepest].rate;
    }
};

struct learning_rate_finder {
    double lowest = 1e-7;
    double highest = 10;
    int steps = 100;
    double smoothing = 0.98;
    double diverges_at = 4;

    template <class Trainer, class Data>
    learning_rates search(Trainer& trainer, const Data& data, const fit_options& options = {}) const {
        if constexpr (data::data_set<Data> || data::ported_data<Data>) {
            return search_in(trainer, data, options);
        } else {
            [[maybe_unused]] const data::explained_data_set<Data> said_once;
            return {};
        }
    }

    /// The rate of step i, from 0 on.
    [[nodiscard]] double rate_of(std::int64_t i) const {
        return lowest * std::pow(highest / lowest, static_cast<double>(i) / (steps - 1));
    }

    /// The search's own companion of its fit (see hooks.hpp): it sets the rates, and keeps what a step changes.
    template <class Run>
    class at_work {
        using memory = typename Run::memory;
        struct what_was {
            Run& run;
            memory parameters = run.learner.net().parameter_memory(), buffers = run.learner.net().buffer_memory();
            memory state = run.learner.state(), gradients = run.learner.gradients();
            std::int64_t steps = run.learner.steps();
            std::uint64_t passes = run.passes;

            explicit what_was(Run& r) : run(r) { exchange(); }
            what_was(const what_was&) = delete;
            what_was& operator=(const what_was&) = delete;
            ~what_was() {                     // however the fit ends
                run.learner.set_steps(steps); // what is still in flight concerns the copies
                exchange();
                run.passes = passes;
            }
            /// The search works on the copies, so that who looks at the model's memory still does so afterwards.
            void exchange() {
                std::swap(run.learner.net().parameter_memory(), parameters);
                std::swap(run.learner.net().buffer_memory(), buffers);
                std::swap(run.learner.state(), state);
                std::swap(run.learner.gradients(), gradients);
            }
        };
        what_was before_;

      public:
        using hooks = strata::hooks<>; // it does all of it when it comes and goes

        at_work(const learning_rate_finder& how, Run& run) : before_(run) {
            run.schedule = [how, rate = static_cast<double>(run.learner.optimizer().rate)](const schedule_point& at) {
                return how.rate_of(at.step) / rate;
            };
        }
    };

  private:
    template <class Trainer, class Data>
    learning_rates search_in(Trainer& trainer, const Data& data, const fit_options& options) const {
        check();
        learning_rates found;
        fit_options o{.batch = options.batch,
                      .shuffle = options.shuffle,
                      .progress = false,
                      .accumulate = options.accumulate,
                      .clip_norm = options.clip_norm,
                      .clip_value = options.clip_value};
        o.epochs = epochs_of(static_cast<std::int64_t>(data.size()), std::int64_t{1} * o.batch * o.accumulate);
        o.after_step = [this, &found](const step_report& r) { return take(found, r.loss); };
        try {
            trainer.fit(data, o, *this);
        } catch (const not_finite_error& e) {
            if (found.points.empty()) throw;
            found.ended = e.what();
        }
        return found;
    }
    [[gnu::cold]] void check() const {
        const detail::option_check is{"learning_rate_finder"};
        is.positive("lowest rate", lowest, ".lowest = 1e-7");
        is.positive("highest rate", highest, ".highest = 10");
        is.below_one("smoothing", smoothing, ".smoothing = 0.98");
        if (!(highest > lowest)) is.refuse("highest rate", highest, "above the lowest", ".highest = 10");
        if (!(diverges_at > 1)) is.refuse("diverges_at", diverges_at, "above 1", ".diverges_at = 4");
        if (steps < 2) is.refuse("number of steps", steps, "at least 2", ".steps = 100");
    }
    /// How many passes the steps take; fit itself refuses data or batches of nothing.
    [[nodiscard]] int epochs_of(std::int64_t samples, std::int64_t of_step) const {
        if (samples < 1 || of_step < 1) return 1;
        const std::int64_t of_pass = (samples + of_step - 1) / of_step;
        return static_cast<int>((steps + of_pass - 1) / of_pass);
    }
    /// Notes a step's loss; false ends the search.
    [[gnu::cold, gnu::noinline]] bool take(learning_rates& found, double loss) const {
        const auto i = static_cast<std::int64_t>(found.points.size());
        const auto share = [this](std::int64_t n) { return 1 - std::pow(smoothing, static_cast<double>(n)); };
        const double average = found.points.empty() ? 0 : found.points.back().smoothed * share(i);
        const double smoothed = (smoothing * average + (1 - smoothing) * loss) / share(i + 1);
        found.points.push_back({rate_of(i), loss, smoothed});
        double least = smoothed;
        for (const auto& p : found.points) least = p.smoothed < least ? p.smoothed : least;
        if (smoothed - least > (diverges_at - 1) * std::fabs(least)) {
            found.ended = "the loss rose far above its lowest";
            return false;
        }
        return i + 1 < steps;
    }
};

} // namespace strata::inline STRATA_ABI
