#pragma once
/// trainer — trains a model: it joins a model, a loss, an optimiser and metrics.
///
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{.rate = 1e-3f}, strata::accuracy{},
///                           strata::top_k<5>{}};
///   auto history = trainer.fit(train, held_out, {.epochs = 10, .batch = 64});
///   auto result = trainer.evaluate(test);                  // result.loss, result.metric, result.get<top_k<5>>()
///   double loss = trainer.step(samples, targets);          // one step, below fit
///
/// It derives the training plan and owns the gradients, the optimiser's state, the arena and the random counters.
/// Without metrics it measures the loss's usual one: accuracy for cross_entropy. Frozen layers:
/// <strata/train/frozen.hpp>. Two networks with one loss, gradients to the input, loops of your own:
/// <strata/gradients.hpp>. The same seed, binary and instruction set give the same bits for any number of threads,
/// interrupted or not.
/// Errors   shape_error where data do not fit the network; not_finite_error, naming step, operation and layer, where a
///          loss is not finite, and naming step and parameter where a gradient or a parameter is not
#include <strata/data/missing_member.hpp>
#include <strata/data/shuffle.hpp>
#include <strata/train/collected_metrics.hpp>
#include <strata/train/epoch_line.hpp>
#include <strata/train/evaluation.hpp>
#include <strata/train/fit_options.hpp>
#include <strata/train/fit_run.hpp>
#include <strata/train/history.hpp>
#include <strata/train/interrupt.hpp>
#include <strata/train/learner.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/optimisers/adam.hpp>
#include <strata/train/optimisers/sgd.hpp>
#include <strata/train/progress_bar.hpp>
#include <strata/train/silent_trainer.hpp>
#include <strata/train/trainer_arguments.hpp>

#include <chrono>

namespace strata::inline STRATA_ABI {

namespace detail {

/// Once in a program. (A fit without progress says nothing, and -DSTRATA_QUIET_UNOPTIMISED silences the others.)
[[gnu::cold, gnu::noinline]] inline void say_unoptimised() {
    static const int once = std::fprintf(
        stderr,
        "strata: this program was compiled without optimisation, and trains hundreds of times more slowly than it "
        "could. Compile it with -O2 (in CMake: -DCMAKE_BUILD_TYPE=Release).\n");
    static_cast<void>(once);
}

template <class Learner, class... Metrics>
class working_trainer {
    using learner = Learner;
    using Model = typename Learner::model_type;
    using Loss = typename Learner::loss_type;
    using Optimizer = typename Learner::optimizer_type;
    using number = typename Model::number;
    using memory = typename learner::memory;
    using collected = collected_metrics<Metrics...>;
    static_assert(((Loss::takes_class_index || !Metrics::takes_class_index) && ...),
                  "strata: a metric of classes was given to a trainer whose loss takes values. Use cross_entropy, or a "
                  "metric of values "
                  "such as mean_absolute_error.");
    static_assert(
        ((learner::output_size > 1 || !Metrics::takes_class_index) && ...),
        "strata: a metric that compares classes' scores, such as accuracy, was given to a trainer whose network has a "
        "single output. Use binary_accuracy, or end the network with dense<2> and use cross_entropy.");
    static_assert(((metric_outputs<Metrics> == 0 || metric_outputs<Metrics> == static_cast<int>(learner::output_size))
                   && ...),
                  "strata: a metric was given to a trainer whose network has another number of outputs, as "
                  "confusion_matrix<10> to a network "
                  "of 3 classes. Give the metric the network's number.");

    static_assert((takes_outputs<Metrics>(static_cast<int>(learner::output_size)) && ...),
                  "strata: a metric of two classes, such as roc_auc, was given to a trainer whose network has more "
                  "than two outputs. End the network with dense<1> and use binary_cross_entropy, or with dense<2> and "
                  "cross_entropy, or give a metric of many classes, such as macro_f1.");
    static_assert((has_outputs_enough<Metrics>(static_cast<int>(learner::output_size)) && ...),
                  "strata: the metric top_k<K> was given to a trainer whose network has fewer than K outputs, so that "
                  "every sample would count as right. Give a K below the number of classes, like top_k<5> of 10 "
                  "classes.");

  public:
    using training_plan = typename learner::training_plan;
    using evaluation_plan = typename learner::evaluation_plan;

    template <class... Extras>
    working_trainer(Model& net, const Loss& loss, const Optimizer& optimizer, const Extras&... extras)
        : learner_(net, loss, optimizer, learner::groups_type::from(extras...)) {}

    /// Trains on `train`, one pass per epoch, and evaluates on `held_out` after each. Companions are early_stopping and
    /// checkpoints.
    template <class Train, class HeldOut, class... Companions>
        requires(!std::derived_from<HeldOut, fit_options>)
    history fit(const Train& train, const HeldOut& held_out, const fit_options& options = {},
                const Companions&... companions) {
        if constexpr (data::data_set<Train> && data::data_set<HeldOut>) {
            learner::check(held_out, "held-out");
            return fit_epochs(
                train, true, options,
                [&](epoch_record& record) {
                    const auto e = evaluate(held_out);
                    const collected there{e.metrics};
                    record.set_held_out(e.loss, there.values(), there.standard_errors());
                },
                companions...);
        } else {
            [[maybe_unused]] const data::explained_data_set<Train> said_once;
            [[maybe_unused]] const data::explained_data_set<HeldOut> and_of_this;
            return {};
        }
    }
    template <class Train, class... Companions>
    history fit(const Train& train, const fit_options& options = {}, const Companions&... companions) {
        if constexpr (data::data_set<Train>) {
            return fit_epochs(train, false, options, [](epoch_record&) {}, companions...);
        } else {
            [[maybe_unused]] const data::explained_data_set<Train> said_once;
            return {};
        }
    }

    /// One step of gradient descent: whole samples and their targets, one after the other. Gives the batch's mean loss
    /// before the step.
    double step(std::span<const number> samples, std::span<const number> targets) {
        const auto batch = samples.size() / learner::sample_size;
        if (batch == 0 || samples.size() % learner::sample_size != 0 || targets.size() != batch * learner::target_size)
            raise<shape_error>(
                sentence({"strata: a step was given ", samples.size(), " numbers of samples and ", targets.size(),
                          " of targets; it takes ", words_of(training_plan::data.input), " and ",
                          words_of(training_plan::data.target), " for each sample of the batch."}));
        const int n = batch_of(samples.size(), learner::sample_size);
        learner_.reserve(n);
        std::copy(samples.begin(), samples.end(), learner_.inputs());
        std::copy(targets.begin(), targets.end(), learner_.targets());
        learner_.sample_weights().clear();
        const double loss = learner_.differentiate(n);
        learner_.update(1);
        return loss;
    }

    /// What is no range of the model's numbers: one error says so.
    template <class X, class Y>
        requires(!numbers_of<X, number> || !numbers_of<Y, number>)
    double step(const X&, const Y&) {
        [[maybe_unused]] const explained_numbers<std::conditional_t<numbers_of<X, number>, Y, X>, number> said_once;
        return 0;
    }

    /// The loss and the metrics over a data set, in inference mode.
    template <class Data>
    evaluation<Metrics...> evaluate(const Data& data) {
        if constexpr (!data::data_set<Data>) {
            [[maybe_unused]] const data::explained_data_set<Data> said_once;
            return {};
        } else {
            learner::check(data, "evaluated");
            const auto size = static_cast<std::int64_t>(data.size());
            int batch = size < 256 ? static_cast<int>(size) : 256;
            while (batch > 1 && batch > learner_.reserved() && !learner_.fits(batch))
                batch /= 2; // a machine may be full
            learner_.reserve(batch);
            double loss = 0, weight = 0;
            collected metrics;
            for (std::int64_t first = 0; first < size; first += batch) {
                const int n = size - first < batch ? static_cast<int>(size - first) : batch;
                learner_.gather(data, n, 0, [&](int i) { return static_cast<std::size_t>(first + i); });
                const double counts = learner_.weight(n);
                loss += learner_.evaluate(n) * counts, weight += counts;
                collect(metrics, n);
            }
            return {weight > 0 ? loss / weight : 0, metrics.first(), metrics.all};
        }
    }

    /// A copy of the model with the running average of its parameters (fit's option `average`); statistics are the
    /// model's. Source: Polyak & Juditsky 1992, with exponential weights
    [[nodiscard]] Model averaged() {
        if (!learner_.has_average())
            raise("strata: this trainer has no average of parameters: call fit with {.average = 0.999} first.");
        Model copy = learner_.net();
        copy.parameter_memory() = learner_.average();
        return copy;
    }

    /// The gradients of the last step, laid out like the model's parameter block.
    [[nodiscard]] auto gradient_block() const& noexcept { return learner_.gradients().view(); }
    void gradient_block() const&& = delete;
    /// How many steps were taken.
    [[nodiscard]] std::int64_t steps() const noexcept { return learner_.steps(); }
    /// Bytes of the gradients, the optimiser's state and the values of a step over `batch` samples on one thread (the
    /// samples, targets and results themselves come on top, and for each further thread some scratch).
    [[nodiscard]] static constexpr long long bytes(int batch) { return learner::bytes(batch); }
    /// Of these, the optimiser's state: none for parameters that are frozen.
    [[nodiscard]] static constexpr long long optimiser_bytes() { return learner::optimiser_bytes(); }

  private:
    using clock = std::chrono::steady_clock;

    [[gnu::cold, gnu::noinline]] static void check(const fit_options& o) {
        if (o.epochs < 1 || o.batch < 1)
            raise(sentence({"strata: fit was asked for ", o.epochs, " epochs of batches of ", o.batch,
                            "; both must be at least 1."}));
        if (o.accumulate < 1)
            raise(sentence(
                {"strata: fit was asked to average the gradients of ", o.accumulate, " batches; give at least 1."}));
        if (!(o.clip_norm >= 0) || !(o.clip_value >= 0))
            raise("strata: fit's clip_norm and clip_value are bounds, and cannot be negative; 0 means none.");
        if (!(o.average >= 0 && o.average < 1))
            raise("strata: fit's average is the decay of a running average, at least 0 and less than 1, such as 0.999; "
                  "0 means none.");
    }

    void collect(collected& metrics, int n) {
        metrics.add(learner_.outputs(), learner_.targets(), n, static_cast<int>(learner::output_size));
    }

    using run = fit_run<learner, collected>;

    template <class Train, class AfterEpoch, class... Companions>
    history fit_epochs(const Train& train, bool has_held_out, const fit_options& options, AfterEpoch after_epoch,
                       const Companions&... companions) {
        learner::check(train, "training");
        check(options);
#if !defined(__OPTIMIZE__) && !defined(STRATA_QUIET_UNOPTIMISED)
        if (options.progress) say_unoptimised();
#endif
        run r{learner_, options, static_cast<std::int64_t>(train.size()), passes_};
        r.has_held_out = has_held_out;
        r.all.metric_names = collected::names(), r.all.higher_is_better = collected::directions();
        learner_.reserve(options.batch < r.size ? options.batch : static_cast<int>(r.size));
        std::tuple<typename Companions::template at_work<run>...> at_work{{companions, r}...};
        // hook(f): f(companion, all of them), one after the other
        const auto hook = [&](auto f) {
            if constexpr (sizeof...(Companions) > 0) std::apply([&](auto&... all) { (f(all, all...), ...); }, at_work);
        };
        hook([](auto& companion, auto&... all) {
            if constexpr (requires { companion.begin(all...); }) companion.begin(all...);
        });
        const interrupt_guard interrupt{options.interruptible || (requires { Companions::interruptible; } || ...),
                                        options.stop_signals};
        progress_bar bar{stdout, options.progress, shown_name(collected::first_name())};
        while (r.goes_on && r.epoch < options.epochs) {
            const auto begin = clock::now();
            const auto seconds = [begin, before = r.seconds] {
                return before + std::chrono::duration<double>(clock::now() - begin).count();
            };
            if (r.next_sample == 0) ++passes_;
            std::vector<std::size_t> order;
            if (options.shuffle) order = data::permutation(train.size(), learner_.net().initial_seed(), passes_ - 1);
            bar.begin_epoch(r.epoch + 1, options.epochs, r.size, r.next_sample);
            hook([&](auto& companion, auto&...) {
                if constexpr (requires { companion.begin_epoch(train, order); }) companion.begin_epoch(train, order);
            });
            const auto gather = [&](std::int64_t from, int n) {
                bool gathered = false;
                hook([&](auto& companion, auto&...) {
                    if constexpr (requires { companion.gather(n); }) companion.gather(n), gathered = true;
                });
                if (gathered) return;
                learner_.gather(train, n, passes_ - 1, [&](int i) {
                    const auto at = static_cast<std::size_t>(from + i);
                    return options.shuffle ? order[at] : at;
                });
            };
            while (r.next_sample < r.size && r.goes_on) {
                take_step(r, gather);
                bar.update(r.next_sample, r.loss / static_cast<double>(r.next_sample),
                           [&] { return r.metrics.first(); });
                if (interrupt.interrupted()) r.goes_on = false, r.all.interrupted = true;
                if constexpr (sizeof...(Companions) > 0) {
                    r.seconds = seconds();
                    hook([](auto& companion, auto&... all) {
                        if constexpr (requires { companion.after_step(all...); }) companion.after_step(all...);
                    });
                }
            }
            learner_.require_finite();
            if (r.next_sample < r.size) break;
            epoch_record record;
            record.epoch = r.epoch + 1;
            record.loss = r.loss / static_cast<double>(r.size);
            record.set_metrics(r.metrics.values(), r.metrics.standard_errors());
            record.rate = learner_.last_rate();
            after_epoch(record);
            record.seconds = seconds();
            finish_epoch(r, record);
            bar.end_epoch(epoch_line(r.all, options.epochs));
            r.look_at_losses();
            hook([](auto& companion, auto&...) {
                if constexpr (requires { companion.after_epoch(); }) companion.after_epoch();
            });
            if (options.after_epoch && !options.after_epoch(r.all)) r.goes_on = false;
            hook([](auto& companion, auto&... all) {
                if constexpr (requires { companion.keep(all...); }) companion.keep(all...);
            });
        }
        bar.end_line();                                           // an epoch may have ended within
        if (r.epoch >= options.epochs) r.all.interrupted = false; // a signal at the last step ends nothing
        if (r.all.interrupted) r.note_interruption(interrupt.name_of(interrupt.signal()));
        hook([](auto& companion, auto&...) {
            if constexpr (requires { companion.end(); }) companion.end();
        });
        r.look_back();
        r.all.notes = std::move(r.notes);
        return std::move(r.all);
    }

    [[gnu::cold, gnu::noinline]] static void finish_epoch(run& r, epoch_record& record) {
        r.all.epochs.push_back(std::move(record));
        r.tell_schedule(r.all.epochs.back());
        ++r.epoch;
        r.next_sample = 0;
        r.loss = r.seconds = 0;
        r.metrics.clear();
    }

    /// The gradients of one batch or of several, and one step of the optimiser.
    template <class Gather>
    void take_step(run& r, const Gather& gather) {
        const fit_options& o = r.options;
        const std::int64_t first = r.next_sample;
        const std::int64_t samples = r.size - first < r.samples_of_step() ? r.size - first : r.samples_of_step();
        step_report report{.epoch = r.epoch + 1, .samples = samples};
        for (std::int64_t from = first; from < first + samples;) {
            const int n = first + samples - from < o.batch ? static_cast<int>(first + samples - from) : o.batch;
            gather(from, n);
            const double loss = learner_.differentiate(n, from == first);
            r.loss += loss * n;
            report.loss += loss * n / static_cast<double>(samples);
            collect(r.metrics, n);
            if (samples > o.batch) learner_.add_to_sum(n / static_cast<double>(samples), from == first);
            from += n;
        }
        finish_step(r, report);
    }
    void finish_step(run& r, step_report& report) {
        const fit_options& o = r.options;
        if (learner_.steps() == 0) r.first_loss = report.loss;
        if (report.samples > o.batch) learner_.take_sum();
        if (o.clip_value > 0) learner_.clip_value(o.clip_value);
        if (o.clip_norm > 0) report.gradient_norm = learner_.clip_norm(o.clip_norm);
        report.rate_factor = r.next_factor(r.next_sample);
        learner_.update(report.rate_factor);
        r.note_rate(learner_.last_rate());
        if (o.average > 0) learner_.average_parameters(o.average);
        report.step = learner_.steps();
        r.next_sample += report.samples;
        if (o.after_step && !o.after_step(report)) r.goes_on = false;
    }

    learner learner_;
    std::uint64_t passes_ = 0; ///< over data, begun ones counted
};

/// The metrics that are measured: those given, or else the loss's usual one, if it has one.
template <class Loss, class Metrics>
struct measured_metrics : type_is<Metrics> {};
template <class Loss>
    requires requires { typename Loss::usual_metric; }
struct measured_metrics<Loss, type_list<>> : type_is<type_list<typename Loss::usual_metric>> {};

template <class Learner, class Metrics>
struct trainer_with_metrics;
template <class Learner, class... Metrics>
struct trainer_with_metrics<Learner, type_list<Metrics...>> : type_is<working_trainer<Learner, Metrics...>> {};

/// Is everything in order? (Broken parts are not examined.)
template <class Net, class Loss, class Optimizer, class... Extras>
constexpr bool is_sound_trainer() {
    if constexpr (mistake_of_arguments<Net, Loss, Optimizer, Extras...>() != trainer_mistake::none) return false;
    else return is_sound<Net> && is_sound<Net, Loss>;
}
template <bool Sound, class Model, class Loss, class Optimizer, class... Extras>
struct trainer_base : type_is<silent_trainer_of<Model>> {};
template <class Model, class Loss, class Optimizer, class... Extras>
struct trainer_base<true, Model, Loss, Optimizer, Extras...> {
    using extras = extras_of<typename Model::network, Extras...>;
    using groups = typename groups_of_list<typename extras::groups>::type;
    using type = typename trainer_with_metrics<learner<Model, Loss, Optimizer, typename extras::frozen, groups>,
                                               typename measured_metrics<Loss, typename extras::metrics>::type>::type;
};
template <class Net, class Policy, class Precision, class Loss, class Optimizer, class... Extras>
using trainer_of = typename trainer_base<is_sound_trainer<Net, Loss, Optimizer, Extras...>(),
                                         model<Net, Policy, Precision>, Loss, Optimizer, Extras...>::type;

} // namespace detail

template <class Net, class Policy, class Precision, class Loss, class Optimizer, class... Extras>
class trainer : private core::diagnosis<Net, std::conditional_t<detail::is_loss<Loss>, Loss, core::no_loss>>,
                private detail::explained_trainer<detail::mistake_of_arguments<Net, Loss, Optimizer, Extras...>()>,
                public detail::trainer_of<Net, Policy, Precision, Loss, Optimizer, Extras...> {
  public:
    /// The trainer follows the model where that is moved; a model that was destroyed is an error of the next call.
    /// Behind the optimiser stand, in any order, metrics, which tell by their types what is measured, `frozen<...>{}`,
    /// layers that stay as they are, and `parameter_group<...>{...}`, parameters with a rate or decay of their own.
    trainer(model<Net, Policy, Precision>& net, const Loss& loss, const Optimizer& optimizer, Extras... extras)
        : detail::trainer_of<Net, Policy, Precision, Loss, Optimizer, Extras...>(net, loss, optimizer, extras...) {}
};

/// The arguments are not those of a trainer: one error says so.
template <detail::trainer_mistake Why>
class trainer<detail::no_network<Why>, cpu, fp32, void, void> : private detail::explained_trainer<Why>,
                                                                public detail::silent_trainer<> {
  public:
    template <class... Given>
    trainer(Given&&...) {}
};
template <class... Given>
    requires(!detail::is_trainer<Given...> && detail::mistake_of_model<Given...>() != detail::trainer_mistake::none)
trainer(Given&&...) -> trainer<detail::no_network<detail::mistake_of_model<Given...>()>, cpu, fp32, void, void>;

} // namespace strata::inline STRATA_ABI
