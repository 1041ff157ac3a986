#pragma once
/// trainer — binds a model, a loss, an optimiser and metrics; derives the training plan; owns gradients, the optimiser's state,
/// the arena and the random counters.
///
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{.rate = 1e-3f}, strata::accuracy{}, strata::top_k<5>{}};
///   auto history = trainer.fit(train, held_out, {.epochs = 10, .batch = 64});
///   auto result = trainer.evaluate(test);                  // result.loss, result.metric, result.get<top_k<5>>()
///   double loss = trainer.step(samples, targets);          // one step, below fit
///
/// Without metrics, accuracy is measured where the loss takes classes.
/// Same seed, same binary, same instruction set: the same bits for any number of threads, interrupted or not.
/// Errors   shape_error where data do not fit the network; error, naming operation and layer, where a loss is not finite
#include <strata/data/data_set.hpp>
#include <strata/data/shuffle.hpp>
#include <strata/train/checkpoint.hpp>
#include <strata/train/collected_metrics.hpp>
#include <strata/train/fit_options.hpp>
#include <strata/train/history.hpp>
#include <strata/train/interrupt.hpp>
#include <strata/train/learner.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/optimisers/adam.hpp>
#include <strata/train/optimisers/sgd.hpp>
#include <strata/train/progress_bar.hpp>

#include <chrono>
#include <optional>

namespace strata::inline v0_1 {

/// What `evaluate` gives, over all samples: the mean loss, the first metric's value, and the metrics themselves.
template <class... Metrics>
struct evaluation {
    double loss = 0;
    double metric = std::numeric_limits<double>::quiet_NaN();
    std::tuple<Metrics...> metrics{};

    template <class Metric>
    [[nodiscard]] const Metric& get() const {
        return std::get<Metric>(metrics);
    }
};

namespace detail {

template <class Model, class Loss, class Optimizer, class... Metrics>
class working_trainer {
    using learner = detail::learner<Model, Loss, Optimizer>;
    using number = typename Model::number;
    using memory = typename learner::memory;
    using collected = collected_metrics<Metrics...>;
    static_assert(((Loss::takes_class_index || !Metrics::takes_class_index) && ...),
                  "strata: a metric of classes was given to a trainer whose loss takes values. Use cross_entropy, or a metric of values "
                  "such as mean_absolute_error.");

  public:
    using training_plan = typename learner::training_plan;
    using evaluation_plan = typename learner::evaluation_plan;

    working_trainer(Model& net, Loss loss, Optimizer optimizer) : learner_(net, loss, optimizer) {}

    /// Trains on `train`, one pass per epoch, and evaluates on `held_out` after each.
    template <data::data_set Train, data::data_set HeldOut>
    history fit(const Train& train, const HeldOut& held_out, const fit_options& options = {}) {
        learner::check(held_out, "held-out");
        return fit_epochs(train, options, [&](epoch_record& record) {
            const auto e = evaluate(held_out);
            record.set_held_out(e.loss, collected{e.metrics}.values());
        });
    }
    template <data::data_set Train>
    history fit(const Train& train, const fit_options& options = {}) {
        return fit_epochs(train, options, [](epoch_record&) {});
    }

    /// One step of gradient descent: whole samples and their targets, one after the other. Gives the batch's mean loss
    /// before the step.
    double step(std::span<const number> samples, std::span<const number> targets) {
        const auto batch = samples.size() / learner::sample_size;
        if (batch == 0 || samples.size() % learner::sample_size != 0 || targets.size() != batch * learner::target_size)
            raise<shape_error>(sentence({"strata: a step was given ", samples.size(), " numbers of samples and ", targets.size(),
                                         " of targets; it takes ", words_of(training_plan::data.input), " and ",
                                         words_of(training_plan::data.target), " for each sample of the batch."}));
        learner_.reserve(static_cast<int>(batch));
        std::copy(samples.begin(), samples.end(), learner_.inputs());
        std::copy(targets.begin(), targets.end(), learner_.targets());
        const double loss = learner_.differentiate(static_cast<int>(batch));
        learner_.update(1);
        return loss;
    }

    /// The loss and the metrics over a data set, in inference mode.
    template <data::data_set Data>
    evaluation<Metrics...> evaluate(const Data& data) {
        learner::check(data, "evaluated");
        const int size = static_cast<int>(data.size());
        int batch = size < 256 ? size : 256;
        while (batch > 1 && batch > learner_.reserved() && !learner_.fits(batch)) batch /= 2; // a machine may be full
        learner_.reserve(batch);
        double loss = 0;
        collected metrics;
        for (int first = 0; first < size; first += batch) {
            const int n = size - first < batch ? size - first : batch;
            learner_.gather(data, n, 0, [&](int i) { return static_cast<std::size_t>(first + i); });
            loss += learner_.evaluate(n) * n;
            collect(metrics, n);
        }
        return {loss / size, metrics.first(), metrics.all};
    }

    /// A copy of the model with the running average of its parameters (fit's option `average`); statistics are the model's.
    /// Source: Polyak & Juditsky 1992, with exponential weights
    [[nodiscard]] Model averaged() {
        if (!learner_.has_average())
            raise("strata: this trainer has no average of parameters: call fit with {.average = 0.999} first.");
        Model copy = learner_.net();
        copy.parameter_memory() = learner_.average();
        return copy;
    }

    /// The gradients of the last step, laid out like the model's parameter block.
    [[nodiscard]] auto gradient_block() const noexcept { return learner_.gradients().view(); }
    /// How many steps were taken.
    [[nodiscard]] std::int64_t steps() const noexcept { return learner_.steps(); }
    /// Bytes of the gradients, the optimiser's state and the values of a step over `batch` samples (the samples, targets and
    /// results themselves come on top).
    [[nodiscard]] static constexpr long long bytes(int batch) { return learner::bytes(batch); }

  private:
    using clock = std::chrono::steady_clock;

    [[gnu::cold, gnu::noinline]] static void check(const fit_options& o) {
        if (o.epochs < 1 || o.batch < 1)
            raise(sentence({"strata: fit was asked for ", o.epochs, " epochs of batches of ", o.batch, "; both must be at least 1."}));
        if (o.accumulate < 1)
            raise(sentence({"strata: fit was asked to average the gradients of ", o.accumulate, " batches; give at least 1."}));
        if (!(o.clip_norm >= 0) || !(o.clip_value >= 0))
            raise("strata: fit's clip_norm and clip_value are bounds, and cannot be negative; 0 means none.");
        if (!(o.average >= 0 && o.average < 1))
            raise("strata: fit's average is the decay of a running average, at least 0 and less than 1, such as 0.999; 0 means none.");
        if (o.stop) o.stop->check();
        if (o.checkpoints.keep < 1) raise("strata: fit must keep at least 1 checkpoint; set .keep.");
    }

    void collect(collected& metrics, int n) {
        metrics.add(learner_.outputs(), learner_.targets(), n, static_cast<int>(learner::output_size));
    }

    /// Numbers of the best epoch so far.
    struct best_numbers {
        memory parameters, buffers;
    };

    /// A fit under way.
    struct fitting {
        const fit_options& options;
        int size;
        history all{};
        run_state state{};
        collected metrics{};
        schedule_function schedule;
        schedule_point at{};
        std::optional<best_numbers> best{};
        bool goes_on = true;
    };

    template <class Train, class AfterEpoch>
    history fit_epochs(const Train& train, const fit_options& options, AfterEpoch after_epoch) {
        learner::check(train, "training");
        check(options);
        fitting f{.options = options, .size = static_cast<int>(train.size()), .schedule = options.schedule};
        f.at = {.epochs = options.epochs, .steps = steps_of_epoch(f) * options.epochs};
        f.all.metric_names = collected::names(), f.all.higher_is_better = collected::directions();
        learner_.reserve(options.batch < f.size ? options.batch : f.size);
        if (options.stop) f.best = best_numbers{learner_.net().parameter_memory(), learner_.net().buffer_memory()};
        if (!options.checkpoints.folder.empty()) begin_checkpoints(f);
        const interrupt_guard interrupt{options.interruptible || !options.checkpoints.folder.empty()};
        progress_bar bar{stdout, options.progress, collected::first_name()};
        while (f.goes_on && f.state.epoch < options.epochs) {
            const int epoch = f.state.epoch + 1;
            const auto begin = clock::now();
            const auto seconds = [&, before = f.state.seconds] {
                return before + std::chrono::duration<double>(clock::now() - begin).count();
            };
            if (f.state.next_sample == 0) ++passes_;
            const std::uint64_t pass = passes_ - 1;
            std::vector<std::size_t> order;
            if (options.shuffle) order = data::permutation(train.size(), learner_.net().initial_seed(), pass);
            bar.begin_epoch(epoch, options.epochs, f.size);
            while (f.state.next_sample < f.size && f.goes_on) {
                take_step(f, train, epoch, pass, order);
                const auto done = f.state.next_sample;
                bar.update(done, f.state.loss / static_cast<double>(done), f.metrics.first());
                if (interrupt.interrupted()) f.goes_on = false, f.all.interrupted = true;
                const auto every = options.checkpoints.every_steps;
                if (done < f.size && (!f.goes_on || (every > 0 && learner_.steps() % every == 0))) save_checkpoint(f, seconds());
            }
            if (f.state.next_sample < f.size) break;
            epoch_record record;
            record.epoch = epoch;
            record.loss = f.state.loss / f.size;
            record.set_metrics(f.metrics.values());
            record.rate = learner_.last_rate();
            after_epoch(record);
            record.seconds = seconds();
            f.all.epochs.push_back(record);
            bar.end_epoch(words_of_epoch(f.all, options.epochs));
            finish_epoch(f);
        }
        if (f.best && !f.all.interrupted) {
            learner_.net().parameter_memory() = f.best->parameters;
            learner_.net().buffer_memory() = f.best->buffers;
        }
        return f.all;
    }

    /// The gradients of one batch or of several, and one step of the optimiser.
    template <class Train>
    void take_step(fitting& f, const Train& train, int epoch, std::uint64_t pass, const std::vector<std::size_t>& order) {
        const fit_options& o = f.options;
        const auto first = static_cast<int>(f.state.next_sample);
        const long long most = 1LL * o.batch * o.accumulate;
        const int samples = f.size - first < most ? f.size - first : static_cast<int>(most);
        step_report report{.epoch = epoch, .samples = samples};
        for (int from = first; from < first + samples;) {
            const int n = first + samples - from < o.batch ? first + samples - from : o.batch;
            learner_.gather(train, n, pass, [&](int i) {
                const auto at = static_cast<std::size_t>(from + i);
                return o.shuffle ? order[at] : at;
            });
            const double loss = learner_.differentiate(n);
            f.state.loss += loss * n;
            report.loss += loss * n / samples;
            collect(f.metrics, n);
            if (samples > o.batch) learner_.add_to_sum(static_cast<double>(n) / samples, from == first);
            from += n;
        }
        if (samples > o.batch) learner_.take_sum();
        if (o.clip_value > 0) learner_.clip_value(o.clip_value);
        if (o.clip_norm > 0) report.gradient_norm = learner_.clip_norm(o.clip_norm);
        report.rate_factor = next_factor(f, first);
        learner_.update(report.rate_factor);
        if (o.average > 0) learner_.average_parameters(o.average);
        report.step = learner_.steps();
        f.state.next_sample += samples;
        if (o.after_step && !o.after_step(report)) f.goes_on = false;
    }

    static std::int64_t steps_of_epoch(const fitting& f) {
        const long long samples = 1LL * f.options.batch * f.options.accumulate;
        return (f.size + samples - 1) / samples;
    }
    /// What the schedule makes of the rate for the step that begins at sample `first` of the epoch.
    static double next_factor(fitting& f, std::int64_t first) {
        f.at.progress = (f.at.epoch + static_cast<double>(first) / f.size) / f.options.epochs;
        const double factor = f.schedule(f.at);
        ++f.at.step;
        return factor;
    }
    /// The epoch finished last, as schedules see it.
    static void tell_schedule(fitting& f, const epoch_record& r) {
        f.at.epoch = r.epoch;
        f.at.loss = r.has_held_out ? r.held_out_loss : r.loss;
    }
    /// A schedule may remember: it is asked again for every step before the checkpoint, with what it was told then.
    static void replay_schedule(fitting& f) {
        const long long samples = 1LL * f.options.batch * f.options.accumulate;
        for (const epoch_record& r : f.all.epochs) {
            for (long long first = 0; first < f.size; first += samples) next_factor(f, first);
            tell_schedule(f, r);
        }
        for (long long first = 0; first < f.state.next_sample; first += samples) next_factor(f, first);
    }

    /// What follows an epoch: early stopping, the history's file, a checkpoint, the callback.
    void finish_epoch(fitting& f) {
        const fit_options& o = f.options;
        ++f.state.epoch;
        f.state.next_sample = 0;
        f.state.loss = f.state.seconds = 0;
        f.metrics.clear();
        tell_schedule(f, f.all.epochs.back());
        if (f.best) {
            const auto verdict = o.stop->observe(f.all);
            if (verdict.is_best) *f.best = {learner_.net().parameter_memory(), learner_.net().buffer_memory()};
            if (verdict.stop) f.goes_on = false;
        }
        if (!o.csv.empty()) f.all.save_csv(o.csv);
        if (o.after_epoch && !o.after_epoch(f.all)) f.goes_on = false;
        const int every = o.checkpoints.every_epochs;
        if (!f.goes_on || f.state.epoch == o.epochs || (every > 0 && f.state.epoch % every == 0)) save_checkpoint(f, 0);
    }

    // ---- checkpoints ----------------------------------------------------------------------------------------------

    [[nodiscard]] checkpoint<learner> parts_of(fitting& f) {
        checkpoint<learner> parts(learner_);
        if (f.options.average > 0) parts.add("average.", learner_.average(), storage::parameter);
        if (f.best) {
            parts.add("best.parameters.", f.best->parameters, storage::parameter);
            parts.add("best.buffers.", f.best->buffers, storage::buffer);
        }
        return parts;
    }
    [[gnu::cold, gnu::noinline]] void begin_checkpoints(fitting& f) {
        const checkpoint_options& o = f.options.checkpoints;
        make_checkpoint_folder(o.folder);
        const auto files = checkpoints_in(o.folder);
        if (files.empty()) return;
        if (!o.resume)
            raise<file_error>(sentence({"strata: the folder ", o.folder, " holds ", files.size(), " checkpoints of another run. Go on "
                                        "from them with .resume = true, or give another folder."}));
        const std::string& path = files.back();
        f.state = parts_of(f).load(path, [&](const run_state& s) {
            check_resumed(s, f, path);
            collected metrics;
            if (!metrics.from_digits(s.metrics))
                raise<file_error>(sentence({"strata: ", path, " was written with other metrics. Resume with the same."}));
            history before = history::from_csv(s.history, path);
            before.metric_names = collected::names(), before.higher_is_better = collected::directions();
            f.metrics = metrics, f.all = std::move(before);
        });
        passes_ = f.state.passes;
        replay_schedule(f);
        if (f.best && !f.all.epochs.empty() && f.options.stop->observe(f.all).stop) f.goes_on = false;
    }
    /// Errors   file_error where going on would not give what an uninterrupted run gives
    [[gnu::cold, gnu::noinline]] void check_resumed(const run_state& s, const fitting& f, const std::string& path) const {
        const auto differs = [&](const char* what, auto there, auto here, const char* remedy) {
            if (there != here)
                raise<file_error>(sentence({"strata: ", path, " is of a run with ", what, " ", there, ", and this one has ", here, ". ", remedy}));
        };
        differs("the seed", s.seed, learner_.net().initial_seed().value, "Make the model with that seed.");
        differs("data of size", s.data_size, static_cast<std::int64_t>(f.size), "Resume with the same data.");
        if (s.next_sample != 0)
            differs("steps of as many samples as", s.batch, f.options.batch * f.options.accumulate, "Resume with the same batch.");
    }
    [[gnu::cold, gnu::noinline]] void save_checkpoint(fitting& f, double seconds) {
        const checkpoint_options& o = f.options.checkpoints;
        if (o.folder.empty()) return;
        run_state s = f.state;
        s.steps = learner_.steps(), s.passes = passes_, s.seed = learner_.net().initial_seed().value;
        s.data_size = f.size, s.batch = f.options.batch * f.options.accumulate;
        s.seconds = seconds;
        s.metrics = f.metrics.digits();
        s.history = f.all.to_csv();
        parts_of(f).save(sentence({o.folder, "/", checkpoint_name(s.steps)}), s);
        const auto files = checkpoints_in(o.folder);
        for (std::size_t i = 0; i + static_cast<std::size_t>(o.keep) < files.size(); ++i) ::unlink(files[i].c_str());
    }

    [[gnu::cold, gnu::noinline]] static std::string words_of_epoch(const history& all, int epochs) {
        const epoch_record& r = all.epochs.back();
        char number[32];
        std::string line = sentence({"epoch ", r.epoch, "/", epochs});
        const auto add = [&](const char* before, const char* name, double x, const char* format) {
            if (x != x) return;
            std::snprintf(number, sizeof number, format, x);
            line = sentence({line, before, name, number});
        };
        add("  ", "loss", r.loss, " %.4f");
        for (std::size_t i = 0; i < r.metrics.size(); ++i) add("  ", all.metric_names[i].c_str(), r.metrics[i], " %.4f");
        if (r.has_held_out) add("  held-out ", "loss", r.held_out_loss, " %.4f");
        for (std::size_t i = 0; i < r.held_out_metrics.size(); ++i)
            add("  held-out ", all.metric_names[i].c_str(), r.held_out_metrics[i], " %.4f");
        add("", "", r.seconds, "  %.1f s");
        return line;
    }

    learner learner_;
    std::uint64_t passes_ = 0; ///< over data, begun ones counted
};

/// The trainer of something broken: the error is reported, everything else stays silent.
template <class Model, class Loss, class Optimizer, class... Metrics>
class silent_trainer {
  public:
    using number = typename Model::number;
    silent_trainer(Model& net, Loss, Optimizer) : net_(&net) {}
    template <class Train, class HeldOut>
    history fit(const Train&, const HeldOut&, const fit_options& = {}) { return {}; }
    template <class Train>
    history fit(const Train&, const fit_options& = {}) { return {}; }
    double step(std::span<const number>, std::span<const number>) { return 0; }
    template <class Data>
    evaluation<Metrics...> evaluate(const Data&) { return {}; }
    Model averaged() { return *net_; }
    std::span<const number> gradient_block() const noexcept { return {}; }
    std::int64_t steps() const noexcept { return 0; }
    static constexpr any_number bytes(int) { return {}; }

  private:
    Model* net_;
};

template <bool Sound, class Model, class Loss, class Optimizer, class... Metrics>
using chosen_trainer = typename std::conditional_t<Sound, type_is<working_trainer<Model, Loss, Optimizer, Metrics...>>,
                                                   type_is<silent_trainer<Model, Loss, Optimizer, Metrics...>>>::type;

/// Without metrics, accuracy is measured where the loss takes classes.
template <bool Sound, class Model, class Loss, class Optimizer, class... Metrics>
struct trainer_base : type_is<chosen_trainer<Sound, Model, Loss, Optimizer, Metrics...>> {};
template <bool Sound, class Model, class Loss, class Optimizer>
    requires(Loss::takes_class_index)
struct trainer_base<Sound, Model, Loss, Optimizer> : type_is<chosen_trainer<Sound, Model, Loss, Optimizer, accuracy>> {};

template <class Net, class Policy, class Precision, class Loss, class Optimizer, class... Metrics>
using trainer_of = typename trainer_base<is_sound<Net> && is_sound<Net, Loss>, model<Net, Policy, Precision>, Loss, Optimizer,
                                         Metrics...>::type;

} // namespace detail

template <class Net, class Policy, class Precision, class Loss, class Optimizer, class... Metrics>
class trainer : private diagnosis<Net, Loss>,
                public detail::trainer_of<Net, Policy, Precision, Loss, Optimizer, Metrics...> {
  public:
    /// The model must outlive the trainer. Metrics tell by their types what is measured.
    trainer(model<Net, Policy, Precision>& net, Loss loss, Optimizer optimizer, Metrics...)
        : detail::trainer_of<Net, Policy, Precision, Loss, Optimizer, Metrics...>(net, loss, optimizer) {}
};

} // namespace strata::inline v0_1
