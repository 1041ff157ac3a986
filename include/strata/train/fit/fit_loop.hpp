#pragma once
/// fit_loop — the epochs of trainer.fit: the samples' order, the steps, the averaging and clipping of their gradients,
/// the records, and the moments at which companions are called (see hooks.hpp). `trainer` is its door.
/// Its functions are cold, that is compiled for size: they run once a batch, and call what works.
/// Errors   shape_error where the data do not fit the network; error for options that make no sense
#include <strata/base/error.hpp>
#include <strata/base/monotonic_time.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/views/shuffle.hpp>
#include <strata/train/companions/companions_at_work.hpp>
#include <strata/train/fit/epoch_line.hpp>
#include <strata/train/fit/fit_options.hpp>
#include <strata/train/fit/fit_run.hpp>
#include <strata/train/fit/interrupt.hpp>
#include <strata/train/fit/progress_bar.hpp>
#include <strata/train/fit/unoptimised.hpp>
#include <strata/train/history/history.hpp>
#include <strata/train/normalisation/unfilled_scales.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

[[gnu::cold, gnu::noinline]] inline void check_options(const fit_options& o) {
    if (o.epochs < 1) raise(sentence({"strata: fit was given ", o.epochs, " epochs. Use at least 1."}));
    if (o.batch < 1) raise(sentence({"strata: fit was given batches of ", o.batch, " samples. Use at least 1."}));
    if (o.accumulate < 1)
        raise(sentence({"strata: fit cannot accumulate the gradients of ", o.accumulate, " batches. Use at least 1."}));
    if (!(o.clip_norm >= 0) || !(o.clip_value >= 0))
        raise("strata: fit's clip_norm and clip_value cannot be negative; 0 means no limit.");
    if (!(o.average >= 0 && o.average < 1))
        raise("strata: fit's average, the decay of a running average, must be at least 0 and less than 1, such as "
              "0.999; 0 means none.");
}

template <class Learner, class Metrics>
class fit_loop {
    using run = fit_run<Learner, Metrics>;

  public:
    /// `passes` counts the passes over data, begun ones too.
    fit_loop(Learner& learner, std::uint64_t& passes) : learner_(learner), passes_(passes) {}

    /// after_epoch(record) adds to an epoch's record what the held-out samples give.
    template <class Train, class AfterEpoch, class... Companions>
    [[gnu::cold, gnu::noinline]] history operator()(const Train& train, bool has_held_out, const fit_options& options,
                                                    AfterEpoch after_epoch, const Companions&... companions) {
        Learner::check(train, "training");
        check_options(options);
#if !defined(__OPTIMIZE__) && !defined(STRATA_QUIET_UNOPTIMISED)
        if (options.progress) say_unoptimised();
#endif
        run r{learner_, options, static_cast<std::int64_t>(train.size()), passes_};
        r.has_held_out = has_held_out;
        r.all.metric_names = Metrics::names(), r.all.higher_is_better = Metrics::directions();
        learner_.reserve(options.batch < r.size ? options.batch : static_cast<int>(r.size));
        companions_at_work<run, Train, Companions...> at_work(r, companions...);
        at_work.begin();
        r.note_run();
        if constexpr (has_scales<typename Learner::training_plan>())
            r.note_unfilled(unfilled_scales(learner_.net(), r.resumed));
        for (const epoch_record& e : r.all.epochs) r.look_at_losses(e); // of a resumed run
        const interrupt_guard interrupt{options.interruptible || at_work.interruptible, options.stop_signals};
        progress_bar bar{stdout, options.progress, shown_name(Metrics::first_name())};
        while (r.goes_on && r.epoch < options.epochs) {
            const long long begin = monotonic_time();
            const auto seconds = [begin, before = r.seconds] { return before + seconds_since(begin); };
            if (r.next_sample == 0) ++passes_;
            std::vector<std::size_t> order;
            if (options.shuffle) order = data::permutation(train.size(), learner_.net().initial_seed(), passes_ - 1);
            bar.begin_epoch(r.epoch + 1, options.epochs, r.size, r.next_sample);
            at_work.begin_epoch(train, order);
            const auto gather = [&](std::int64_t from, int n) {
                if (at_work.gather(n)) return;
                learner_.gather(train, options.shuffle ? order.data() : nullptr, from, n, passes_ - 1);
            };
            while (r.next_sample < r.size && r.goes_on) {
                take_step(r, gather);
                if (r.next_sample > learner_.samples_in_flight())
                    bar.update(r.next_sample, r.mean_loss(), [&] { return r.metrics.first(); });
                if (interrupt.interrupted()) r.goes_on = false, r.all.interrupted = true;
                if constexpr (sizeof...(Companions) > 0) {
                    r.seconds = seconds();
                    at_work.after_step();
                }
            }
            r.collect(true);
            if (r.next_sample < r.size) break;
            epoch_record record;
            record.epoch = r.epoch + 1;
            record.loss = r.mean_loss();
            record.set_metrics(r.metrics.values(), r.metrics.standard_errors());
            record.rate = r.rate();
            after_epoch(record);
            record.seconds = seconds();
            finish_epoch(r, record);
            bar.end_epoch(epoch_line(r.all, options.epochs));
            r.look_at_losses(r.all.epochs.back());
            at_work.after_epoch();
            if (options.after_epoch && !options.after_epoch(r.all)) r.goes_on = false;
            at_work.keep();
        }
        bar.end_line();                                           // an epoch may have ended within
        if (r.epoch >= options.epochs) r.all.interrupted = false; // a signal at the last step ends nothing
        if (r.all.interrupted) r.note_interruption(interrupt.name_of(interrupt.signal()));
        at_work.end();
        r.look_back();
        r.all.notes = std::move(r.notes);
        return std::move(r.all);
    }

  private:
    [[gnu::cold, gnu::noinline]] static void finish_epoch(run& r, epoch_record& record) {
        r.all.epochs.push_back(std::move(record));
        r.tell_schedule(r.all.epochs.back());
        ++r.epoch;
        r.next_sample = 0;
        r.loss = r.counted = r.seconds = 0;
        r.metrics.clear();
    }

    /// The gradients of one batch or of several, and one step of the optimiser.
    template <class Gather>
    [[gnu::cold, gnu::noinline]] void take_step(run& r, const Gather& gather) {
        const fit_options& o = r.options;
        const std::int64_t first = r.next_sample;
        const std::int64_t samples = r.size - first < r.samples_of_step() ? r.size - first : r.samples_of_step();
        r.report = {.epoch = r.epoch + 1, .samples = samples};
        r.of_step = 0;
        for (std::int64_t from = first; from < first + samples;) {
            const int n = first + samples - from < o.batch ? static_cast<int>(first + samples - from) : o.batch;
            gather(from, n);
            learner_.differentiate(n, from == first);
            const double counted = learner_.counted();
            r.of_step += counted;
            r.collect();
            if (samples > o.batch) learner_.add_to_sum(counted / static_cast<double>(samples), from == first);
            from += n;
        }
        finish_step(r);
    }
    [[gnu::cold, gnu::noinline]] void finish_step(run& r) {
        const fit_options& o = r.options;
        const bool is_first = learner_.steps() == 0;
        if (r.report.samples > o.batch) learner_.take_sum(r.over_counted());
        if (o.clip_value > 0) learner_.clip_value(o.clip_value);
        if (o.clip_norm > 0) learner_.clip_norm(o.clip_norm);
        r.report.rate_factor = r.next_factor(r.next_sample);
        learner_.update(r.report.rate_factor);
        r.note_rate();
        if (o.average > 0) learner_.average_parameters(o.average);
        r.next_sample += r.report.samples;
        if (o.after_step || is_first) r.collect(true);
        if (r.over_counted() != 1) r.report.loss *= r.over_counted();
        if (is_first) r.first_loss = r.report.loss;
        r.report.step = learner_.steps();
        if (o.clip_norm > 0) r.report.gradient_norm = learner_.gradient_norm();
        if (o.after_step && !o.after_step(r.report)) r.goes_on = false;
    }

    Learner& learner_;
    std::uint64_t& passes_;
};

} // namespace strata::inline STRATA_ABI::detail
