#pragma once
/// trainer — binds a model, a loss and an optimiser; derives the training plan; owns gradients, the optimiser's state, the
/// arena and the random counters.
///
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{.rate = 1e-3f}};
///   auto history = trainer.fit(train, held_out, {.epochs = 10, .batch = 64});
///   auto result = trainer.evaluate(test);                  // result.loss, result.metric
///   double loss = trainer.step(samples, targets);          // one step, below fit
///
/// Same seed, same binary, same instruction set: the same bits for any number of threads.
/// Errors   shape_error where data do not fit the network; error, naming operation and layer, where a loss is not finite
#include <strata/data/data_set.hpp>
#include <strata/data/shuffle.hpp>
#include <strata/train/fit_options.hpp>
#include <strata/train/history.hpp>
#include <strata/train/learner.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/optimisers/adam.hpp>
#include <strata/train/optimisers/sgd.hpp>
#include <strata/train/progress_bar.hpp>

#include <chrono>
#include <limits>

namespace strata::inline v0_1 {

/// What `evaluate` gives: means over the samples. The metric is the accuracy where targets are classes, else not a number.
struct evaluation {
    double loss = 0, metric = 0;
};

namespace detail {

template <class Model, class Loss, class Optimizer>
class working_trainer {
    using learner = detail::learner<Model, Loss, Optimizer>;
    using number = typename Model::number;

  public:
    using training_plan = typename learner::training_plan;
    using evaluation_plan = typename learner::evaluation_plan;

    working_trainer(Model& net, Loss loss, Optimizer optimizer) : learner_(net, loss, optimizer) {}

    /// Trains on `train`, one pass per epoch, and evaluates on `held_out` after each.
    template <data::data_set Train, data::data_set HeldOut>
    history fit(const Train& train, const HeldOut& held_out, fit_options options = {}) {
        learner::check(held_out, "held-out");
        return fit_epochs(train, options, [&](epoch_record& record) {
            const evaluation e = evaluate(held_out);
            record.held_out_loss = e.loss, record.held_out_metric = e.metric;
            record.has_held_out = true;
        });
    }
    template <data::data_set Train>
    history fit(const Train& train, fit_options options = {}) {
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

    /// The loss and the metric over a data set, in inference mode.
    template <data::data_set Data>
    evaluation evaluate(const Data& data) {
        learner::check(data, "evaluated");
        constexpr int batch = 256;
        const int size = static_cast<int>(data.size());
        learner_.reserve(size < batch ? size : batch);
        double loss = 0;
        long long correct = 0;
        for (int first = 0; first < size; first += batch) {
            const int n = size - first < batch ? size - first : batch;
            learner_.gather(data, n, 0, [&](int i) { return static_cast<std::size_t>(first + i); });
            loss += learner_.evaluate(n) * n;
            correct += count_correct(n);
        }
        return {loss / size, metric_of<Data>(correct, size)};
    }

    /// The gradients of the last step, laid out like the model's parameter block.
    [[nodiscard]] auto gradient_block() const noexcept { return learner_.gradients().view(); }
    /// How many steps were taken.
    [[nodiscard]] std::int64_t steps() const noexcept { return learner_.steps(); }
    /// Bytes of the gradients, the optimiser's state and the values of a step over `batch` samples (the samples, targets and
    /// results themselves come on top).
    [[nodiscard]] static constexpr long long bytes(int batch) { return learner::bytes(batch); }

  private:
    template <class Train, class AfterEpoch>
    history fit_epochs(const Train& train, fit_options options, AfterEpoch after_epoch) {
        learner::check(train, "training");
        if (options.epochs < 1 || options.batch < 1)
            raise(sentence({"strata: fit was asked for ", options.epochs, " epochs of batches of ", options.batch,
                            "; both must be at least 1."}));
        using clock = std::chrono::steady_clock;
        history all;
        progress_bar bar{stdout, options.progress};
        const int size = static_cast<int>(train.size());
        learner_.reserve(options.batch < size ? options.batch : size);
        schedule_point now{.epochs = options.epochs, .steps = ((size - 1LL) / options.batch + 1) * options.epochs};
        for (int epoch = 1; epoch <= options.epochs; ++epoch) {
            const auto begin = clock::now();
            const std::uint64_t pass = epochs_++;
            const auto order = options.shuffle ? data::permutation(train.size(), learner_.net().initial_seed(), pass)
                                               : decltype(data::permutation(train.size(), learner_.net().initial_seed(), pass)){};
            double loss = 0;
            long long correct = 0;
            bar.begin_epoch(epoch, options.epochs, size);
            for (int first = 0; first < size; first += options.batch) {
                const int n = size - first < options.batch ? size - first : options.batch;
                learner_.gather(train, n, pass, [&](int i) {
                    const auto at = static_cast<std::size_t>(first + i);
                    return options.shuffle ? static_cast<std::size_t>(order[at]) : at;
                });
                now.progress = (epoch - 1 + static_cast<double>(first) / size) / options.epochs;
                loss += learner_.differentiate(n) * n;
                learner_.update(options.schedule(now));
                ++now.step;
                correct += count_correct(n);
                bar.update(first + n, loss / (first + n), metric_of<Train>(correct, first + n));
            }
            epoch_record record;
            record.epoch = epoch;
            record.loss = loss / size;
            record.metric = metric_of<Train>(correct, size);
            after_epoch(record);
            now.epoch = epoch;
            now.loss = record.has_held_out ? record.held_out_loss : record.loss;
            record.seconds = std::chrono::duration<double>(clock::now() - begin).count();
            all.epochs.push_back(record);
            bar.end_epoch(words_of_epoch(record, options.epochs));
        }
        return all;
    }

    [[gnu::cold, gnu::noinline]] static std::string words_of_epoch(const epoch_record& r, int epochs) {
        char line[200];
        int n = std::snprintf(line, sizeof line, "epoch %d/%d  loss %.4f", r.epoch, epochs, r.loss);
        const auto add = [&](const char* format, double number) {
            n += std::snprintf(line + n, sizeof line - static_cast<std::size_t>(n), format, number);
        };
        if (r.metric == r.metric) add("  accuracy %.4f", r.metric);
        if (r.has_held_out) add("  held-out loss %.4f", r.held_out_loss);
        if (r.has_held_out && r.held_out_metric == r.held_out_metric) add("  held-out accuracy %.4f", r.held_out_metric);
        add("  %.1f s", r.seconds);
        return line;
    }

    [[nodiscard]] long long count_correct(int n) {
        long long correct = 0;
        constexpr int k = static_cast<int>(learner::output_size);
        if constexpr (Loss::takes_class_index)
            for (int i = 0; i < n; ++i)
                correct += accuracy::correct(learner_.outputs() + i * k, learner_.targets() + i * k, k);
        return correct;
    }
    template <class Data>
    static double metric_of(long long correct, int n) {
        if constexpr (Loss::takes_class_index) return static_cast<double>(correct) / n;
        else return std::numeric_limits<double>::quiet_NaN();
    }

    learner learner_;
    std::uint64_t epochs_ = 0;
};

/// The trainer of something broken: the error is reported, everything else stays silent.
template <class Model, class Loss, class Optimizer>
class silent_trainer {
  public:
    using number = typename Model::number;
    silent_trainer(Model&, Loss, Optimizer) {}
    template <class Train, class HeldOut>
    history fit(const Train&, const HeldOut&, fit_options = {}) { return {}; }
    template <class Train>
    history fit(const Train&, fit_options = {}) { return {}; }
    double step(std::span<const number>, std::span<const number>) { return 0; }
    template <class Data>
    evaluation evaluate(const Data&) { return {}; }
    std::span<const number> gradient_block() const noexcept { return {}; }
    std::int64_t steps() const noexcept { return 0; }
    static constexpr any_number bytes(int) { return {}; }
};

template <class Net, class Policy, class Precision, class Loss, class Optimizer>
using trainer_base =
    typename std::conditional_t<is_sound<Net> && is_sound<Net, Loss>,
                                type_is<working_trainer<model<Net, Policy, Precision>, Loss, Optimizer>>,
                                type_is<silent_trainer<model<Net, Policy, Precision>, Loss, Optimizer>>>::type;

} // namespace detail

template <class Net, class Policy, class Precision, class Loss, class Optimizer>
class trainer : private diagnosis<Net, Loss>, public detail::trainer_base<Net, Policy, Precision, Loss, Optimizer> {
  public:
    /// The model must outlive the trainer.
    trainer(model<Net, Policy, Precision>& net, Loss loss, Optimizer optimizer)
        : detail::trainer_base<Net, Policy, Precision, Loss, Optimizer>(net, loss, optimizer) {}
};

} // namespace strata::inline v0_1
