#pragma once
/// early_stopping — ends a fit that no longer improves, and restores the best parameters.
///
///   trainer.fit(train, held_out, {.epochs = 100}, strata::early_stopping{.patience = 3, .by = "accuracy"});
///
///   strata::early_stopping rule{.patience = 3};             // or by hand, after each epoch:
///   const auto verdict = rule.observe(history);
///   if (verdict.is_best) keep the weights;
///   if (verdict.stop) stop;
///
/// Options  patience    stop after this number of epochs in a row without improvement, at least 1
///          min_delta   an improvement must be larger than this
///          by          "loss", or a metric's name; on the held-out samples if there are any
/// The rule keeps no state between epochs, so a history read from a file continues as it would have.
/// NaN is never better. An epoch that was not evaluated on the held-out samples is not counted.
/// Errors   error for options that make no sense, or a metric that the history does not have
/// Source   Prechelt: Early Stopping — But When?, 1998 (criterion UP, with min_delta as in Keras)
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/plan/graph.hpp>
#include <strata/train/companions/hooks.hpp>
#include <strata/train/fit/progress_bar.hpp>
#include <strata/train/history/history.hpp>

#include <string>

namespace strata::inline STRATA_ABI {

struct early_stopping {
    int patience = 5;
    double min_delta = 0;
    std::string by = "loss";

    struct verdict {
        bool is_best = false;               ///< the last epoch is better than all before, by however little
        bool stop = false;                  ///< it ended `patience` epochs without improvement
        int epochs_without_improvement = 0; ///< up to the last one
        int best_epoch = 0;                 ///< history's best(by).epoch; 0: there is none yet
    };

    /// What the last epoch of the history makes of it.
    [[nodiscard, gnu::cold]] verdict observe(const history& h) const {
        check();
        const history::criterion judge = h.judged_by(by);
        verdict v;
        bool improved_before = false;
        double best = 0, improved = 0; // the best value, and the last that was an improvement
        for (const auto& e : h.epochs) {
            v.is_best = false;
            if (!judge.judges(e)) continue;
            const double value = judge(e);
            const bool a_number = value == value;
            if (a_number && (v.best_epoch == 0 || judge.better(value, best)))
                v.is_best = true, best = value, v.best_epoch = e.epoch;
            if (a_number && (!improved_before || judge.better(value, improved, min_delta)))
                improved_before = true, improved = value, v.epochs_without_improvement = 0;
            else ++v.epochs_without_improvement;
        }
        v.stop = v.epochs_without_improvement >= patience;
        return v;
    }

    /// In a fit, `trainer.fit(train, held_out, {.epochs = 100}, strata::early_stopping{.patience = 3})`: ends it, and
    /// brings the parameters and statistics of the best epoch back, and says so in a line, which the history keeps. (A
    /// companion: see hooks.hpp.)
    template <class Run>
    class at_work {
        using memory = typename Run::memory;

      public:
        using hooks = strata::hooks<"begin", "after_epoch", "resumed", "end", "each_block">;

        at_work(const early_stopping& rule, Run& run)
            : rule_(rule), run_(run), parameters_(run.learner.net().parameter_memory()),
              buffers_(run.learner.net().buffer_memory()) {
            rule_.check();
            static_cast<void>(run_.all.judged_by(rule_.by)); // before the first step
        }
        void begin() {
            if (!run_.has_held_out)
                run_.note(sentence({"early stopping monitors the ", rule_.by,
                                    " of the training data, which keeps improving even when the network overfits. Pass "
                                    "held-out data to fit."}));
        }
        void after_epoch() {
            const verdict v = rule_.observe(run_.all);
            if (v.is_best) {
                parameters_ = run_.learner.net().parameter_memory();
                buffers_ = run_.learner.net().buffer_memory();
            }
            if (v.stop) stop();
        }
        /// A run that is resumed may have come to its end before.
        void resumed() {
            if (!run_.all.epochs.empty() && rule_.observe(run_.all).stop) stop();
        }
        void end() {
            if (run_.all.interrupted) return; // it is to go on from where it stands
            run_.learner.net().parameter_memory() = parameters_;
            run_.learner.net().buffer_memory() = buffers_;
            const int last = run_.all.epochs.empty() ? 0 : run_.all.epochs.back().epoch;
            run_.all.restored_epoch = rule_.observe(run_.all).best_epoch;
            run_.all.restored = run_.all.restored_epoch != last || run_.next_sample != 0; // it may end within an epoch
            if (const std::string line = run_.all.ending(); !line.empty())
                progress_bar(stdout, run_.options.progress).end_epoch(line);
        }
        template <class Visit>
        void each_block(Visit visit) {
            visit("best.parameters.", parameters_, core::storage::parameter);
            visit("best.buffers.", buffers_, core::storage::buffer);
        }

      private:
        void stop() { run_.goes_on = false, run_.all.stopped_early = true; }

        const early_stopping& rule_;
        Run& run_;
        memory parameters_, buffers_;
    };

    /// Raises `error` for options that make no sense.
    [[gnu::cold]] void check() const {
        if (patience < 1)
            raise(sentence(
                {"strata: early stopping was given a patience of ", patience, " epochs; it must be at least 1."}));
        if (!(min_delta >= 0 && min_delta - min_delta == 0))
            raise("strata: the min_delta of early stopping must be finite and not negative: the least improvement that "
                  "counts, 0 for any.");
    }
};

} // namespace strata::inline STRATA_ABI
