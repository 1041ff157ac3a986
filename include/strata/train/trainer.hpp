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
#include <strata/run/host_training.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/shuffle.hpp>
#include <strata/model/model.hpp>
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/optimisers/adam.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/explain_loss.hpp>
#include <strata/train/fit_options.hpp>
#include <strata/train/history.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
#include <strata/train/progress_bar.hpp>
#include <strata/train/optimisers/sgd.hpp>

#include <atomic>
#include <chrono>
#include <exception>
#include <limits>
#include <memory>

namespace strata::inline v0_1 {

/// What `evaluate` gives: means over the samples. The metric is the accuracy where targets are classes, else not a number.
struct evaluation {
    double loss = 0, metric = 0;
};

namespace detail {

/// A class of its own, so that there is one error however many data sets are given.
template <class Loss>
struct accepts_class_numbers {
    static_assert(Loss::takes_class_index,
                  "strata: this loss takes targets of the output's own shape, but the data set gives class numbers. "
                  "Use cross_entropy, or a data set of values.");
};

/// What a trainer checks of a data set.
struct facts_of_data {
    std::size_t size = 0;
    shape sample{}, target{};
    int classes = -1; ///< none: its targets are values
};

template <class Model, class Loss, class Optimizer>
class working_trainer {
    using network = typename Model::network;
    using policy = typename Model::policy;
    using number = typename Model::number;
    using machine = typename policy::machine;
    using memory = typename machine::template memory<number>;
    using mirror = typename machine::template mirror<number>;
    static constexpr target_numbers numbers = policy::template numbers<number>();

  public:
    using training_plan = plan<network, request{.mode = mode::train, .target = numbers}, Loss>;
    using evaluation_plan = plan<network, request{.target = numbers}, Loss>;

    working_trainer(Model& net, Loss, Optimizer optimizer)
        : net_(&net), optimizer_(optimizer), machine_(net.policy_instance()),
          gradients_(allocated(training_plan::data.sizes.parameters)),
          state_(allocated(training_plan::data.sizes.parameters * Optimizer::slots)),
          buffers_before_(allocated(training_plan::data.sizes.buffers)) {
        optimizer_.check();
    }

    /// Trains on `train`, one pass per epoch, and evaluates on `held_out` after each.
    template <data::data_set Train, data::data_set HeldOut>
    history fit(const Train& train, const HeldOut& held_out, fit_options options = {}) {
        check(held_out, "held-out");
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
        const auto batch = samples.size() / sample_size;
        if (batch == 0 || samples.size() % sample_size != 0 || targets.size() != batch * target_size)
            raise<shape_error>(sentence({"strata: a step was given ", samples.size(), " numbers of samples and ", targets.size(),
                                         " of targets; it takes ", words_of(training_plan::data.input), " and ",
                                         words_of(training_plan::data.target), " for each sample of the batch."}));
        reserve(static_cast<int>(batch));
        std::copy(samples.begin(), samples.end(), inputs_.data());
        std::copy(targets.begin(), targets.end(), targets_.data());
        return train_batch(static_cast<int>(batch));
    }

    /// The loss and the metric over a data set, in inference mode.
    template <data::data_set Data>
    evaluation evaluate(const Data& data) {
        check(data, "evaluated");
        constexpr int batch = 256;
        const int size = static_cast<int>(data.size());
        reserve(size < batch ? size : batch);
        double loss = 0;
        long long correct = 0;
        for (int first = 0; first < size; first += batch) {
            const int n = size - first < batch ? size - first : batch;
            gather(data, n, 0, [&](int i) { return static_cast<std::size_t>(first + i); });
            frame<number> f = make_frame<evaluation_plan>(n);
            machine_.template run<evaluation_plan>(f);
            loss += loss_of<evaluation_plan>(f) * n;
            correct += count_correct(n);
        }
        return {loss / size, metric_of<Data>(correct, size)};
    }

    /// The gradients of the last step, laid out like the model's parameter block.
    [[nodiscard]] auto gradient_block() const noexcept { return gradients_.view(); }
    /// How many steps were taken.
    [[nodiscard]] std::int64_t steps() const noexcept { return steps_; }
    /// Bytes of the gradients, the optimiser's state and the values of a step over `batch` samples (the samples, targets and
    /// results themselves come on top).
    [[nodiscard]] static constexpr long long bytes(int batch) {
        return (training_plan::arena_elements(batch) + training_plan::data.sizes.parameters * (1 + Optimizer::slots))
               * static_cast<long long>(sizeof(number));
    }

  private:
    static constexpr std::size_t sample_size = static_cast<std::size_t>(training_plan::data.input.size());
    static constexpr std::size_t target_size = static_cast<std::size_t>(training_plan::data.target.size());
    static constexpr int output_size = static_cast<int>(training_plan::data.output.size());

    template <class Data>
    static void check(const Data& data, const char* which) {
        facts_of_data given{data.size(), data.sample_shape()};
        if constexpr (std::same_as<typename Data::target_type, data::class_index>) {
            [[maybe_unused]] const accepts_class_numbers<Loss> said_once;
            given.classes = data.classes();
        } else {
            given.target = data.target_shape();
        }
        check(given, which);
    }
    [[gnu::cold, gnu::noinline]] static void check(const facts_of_data& given, const char* which) {
        constexpr const auto& data = training_plan::data;
        if (given.classes > output_size)
            raise<shape_error>(sentence({"strata: the ", which, " data have ", given.classes,
                                         " classes, but the network's output is ", words_of(data.output),
                                         ". End the network with dense<", given.classes, ">."}));
        if (given.classes < 0 && given.target != data.target)
            raise<shape_error>(sentence({"strata: the ", which, " data have targets ", words_of(given.target),
                                         ", but the loss takes ", words_of(data.target), "."}));
        if (given.sample != data.input)
            raise<shape_error>(sentence({"strata: the ", which, " data have samples ", words_of(given.sample),
                                         ", but the network takes ", words_of(data.input), "."}));
        if (given.size == 0)
            raise<shape_error>(sentence({"strata: the ", which, " data are empty; give at least one sample."}));
    }

    template <class Train, class AfterEpoch>
    history fit_epochs(const Train& train, fit_options options, AfterEpoch after_epoch) {
        check(train, "training");
        if (options.epochs < 1 || options.batch < 1)
            raise(sentence({"strata: fit was asked for ", options.epochs, " epochs of batches of ", options.batch,
                            "; both must be at least 1."}));
        using clock = std::chrono::steady_clock;
        history all;
        progress_bar bar{stdout, options.progress};
        const int size = static_cast<int>(train.size());
        reserve(options.batch < size ? options.batch : size);
        schedule_point now{.epochs = options.epochs, .steps = ((size - 1LL) / options.batch + 1) * options.epochs};
        for (int epoch = 1; epoch <= options.epochs; ++epoch) {
            const auto begin = clock::now();
            const std::uint64_t pass = epochs_++;
            const auto order = options.shuffle ? data::permutation(train.size(), net_->initial_seed(), pass)
                                               : decltype(data::permutation(train.size(), net_->initial_seed(), pass)){};
            double loss = 0;
            long long correct = 0;
            bar.begin_epoch(epoch, options.epochs, size);
            for (int first = 0; first < size; first += options.batch) {
                const int n = size - first < options.batch ? size - first : options.batch;
                gather(train, n, pass, [&](int i) {
                    const auto at = static_cast<std::size_t>(first + i);
                    return options.shuffle ? static_cast<std::size_t>(order[at]) : at;
                });
                now.progress = (epoch - 1 + static_cast<double>(first) / size) / options.epochs;
                loss += train_batch(n, options.schedule(now)) * n;
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

    [[nodiscard]] memory allocated(long long elements) const {
        return machine::template allocate<number>(net_->policy_instance(), elements);
    }
    /// Elements of the arena of either plan.
    static constexpr long long arena_elements(int n) {
        const long long train = training_plan::arena_elements(n), test = evaluation_plan::arena_elements(n);
        return train > test ? train : test;
    }

    /// Memory for batches of up to n samples, of either plan.
    void reserve(int n) {
        if (n <= reserved_) return;
        const policy& p = net_->policy_instance();
        const auto in = static_cast<long long>(sample_size), target = static_cast<long long>(target_size);
        reserved_ = 0;     // until all is there
        arena_ = memory(); // given back before more is asked for
        machine::require_memory(p, n, [&](int batch) {
            return (arena_elements(batch) + batch * (in + target + output_size)) * static_cast<long long>(sizeof(number));
        });
        arena_ = allocated(arena_elements(n));
        inputs_ = block<number>(n * in), inputs_there_ = mirror(p, n * in);
        targets_ = block<number>(n * target), targets_there_ = mirror(p, n * target);
        outputs_ = block<number>(1LL * n * output_size), outputs_there_ = mirror(p, 1LL * n * output_size);
        reserved_ = n;
    }

    /// Reads samples and targets, chunk by chunk on the threads. The data set's floats become the model's numbers.
    template <class Data, class Index>
    void gather(const Data& data, int n, std::uint64_t pass, Index index_of) {
        constexpr int chunk = numbers.chunk;
        const data::key random{net_->initial_seed().value, pass};
        // A data set may throw, a task must not: the first error is carried out of the region.
        std::exception_ptr failure;
        std::atomic<bool> failed{false};
        machine_.for_each((n + chunk - 1) / chunk, [&](int task) {
            try {
                for (int i = task * chunk; i < n && i < (task + 1) * chunk; ++i) read(data, index_of(i), i, random);
            } catch (...) {
                if (!failed.exchange(true)) failure = std::current_exception();
            }
        });
        if (failure) std::rethrow_exception(failure);
    }
    template <class Data>
    void read(const Data& data, std::size_t from, int to, const data::key& random) {
        number* const x = inputs_.data() + static_cast<std::size_t>(to) * sample_size;
        number* const t = targets_.data() + static_cast<std::size_t>(to) * target_size;
        const auto read_sample = [&](std::span<float> into, auto& target) { data.read(from, random, into, target); };
        with_floats(x, sample_size, [&](std::span<float> into) {
            if constexpr (std::same_as<typename Data::target_type, data::class_index>) {
                data::class_index c;
                read_sample(into, c);
                for (std::size_t k = 0; k < target_size; ++k) t[k] = number(0);
                if (c.value < 0 || static_cast<std::size_t>(c.value) >= target_size) refuse_class(c.value, from);
                t[c.value] = number(1);
            } else {
                with_floats(t, target_size, [&](std::span<float> target) {
                    data::values v{target};
                    read_sample(into, v);
                });
            }
        });
    }
    [[gnu::cold, gnu::noinline]] [[noreturn]] static void refuse_class(int given, std::size_t sample) {
        raise<shape_error>(sentence({"strata: sample ", sample, " of the data is of class ", given,
                                     ", but the network's classes are 0 to ", output_size - 1, "."}));
    }
    template <class Body>
    static void with_floats(number* x, std::size_t size, Body body) {
        if constexpr (std::same_as<number, float>) {
            body(std::span<float>(x, size));
        } else {
            std::vector<float> floats(size);
            body(std::span<float>(floats));
            std::copy(floats.begin(), floats.end(), x);
        }
    }

    template <class Plan>
    frame<number> make_frame(int batch) {
        frame<number> f;
        f.batch = batch;
        f.chunk_size = numbers.chunk;
        f.chunks = Plan::chunks(batch);
        f.random = {net_->initial_seed().value, static_cast<std::uint64_t>(steps_)};
        f.set(storage::input, inputs_there_.bring(inputs_.data(), batch * static_cast<long long>(sample_size)));
        f.set(storage::target, targets_there_.bring(targets_.data(), batch * static_cast<long long>(target_size)));
        f.set(storage::output, outputs_there_.room(outputs_.data()));
        f.set(storage::parameter, net_->parameter_block().data());
        f.set(storage::gradient, gradients_.data());
        f.set(storage::buffer, net_->buffer_block().data());
        f.set_arena(arena_.data(), Plan::data.sizes);
        return f;
    }

    /// The mean loss of the batch; brings the outputs back to the caller.
    template <class Plan>
    double loss_of(const frame<number>& f) {
        outputs_there_.fetch(outputs_.data(), 1LL * f.batch * output_size);
        return static_cast<double>(*machine_.look(f.address(Plan::data.loss), 1));
    }

    double train_batch(int batch, double rate_factor = 1) {
        const frame<number> f = make_frame<training_plan>(batch);
        machine_.copy(net_->buffer_block().data(), buffers_before_.size(), buffers_before_.data());
        machine_.template run<training_plan>(f);
        const double loss = loss_of<training_plan>(f);
        if (!(loss - loss == 0)) give_up(f);
        apply_optimizer(rate_factor);
        return loss;
    }

    /// Raises the error that names what broke, and leaves the model as it was before the step, running statistics included.
    [[noreturn, gnu::cold, gnu::noinline]] void give_up(const frame<number>& f) {
        const auto restore = [&] {
            machine_.copy(buffers_before_.data(), buffers_before_.size(), net_->buffer_block().data());
        };
        restore();
        try {
            explain_loss<training_plan>(f, steps_ + 1, machine_);
        } catch (...) {
            restore();
            throw;
        }
    }

    void apply_optimizer(double rate_factor) {
        ++steps_;
        Optimizer now = optimizer_;
        now.rate *= rate_factor;
        machine_.update(now, steps_, gradients_.data(), net_->parameter_block().data(), state_.data(), gradients_.size());
    }

    [[nodiscard]] long long count_correct(int n) const {
        long long correct = 0;
        if constexpr (Loss::takes_class_index)
            for (int i = 0; i < n; ++i)
                correct += accuracy::correct(outputs_.data() + i * output_size, targets_.data() + i * output_size, output_size);
        return correct;
    }
    template <class Data>
    static double metric_of(long long correct, int n) {
        if constexpr (Loss::takes_class_index) return static_cast<double>(correct) / n;
        else return std::numeric_limits<double>::quiet_NaN();
    }

    Model* net_;
    Optimizer optimizer_;
    typename machine::template training<policy> machine_;
    memory gradients_, state_, buffers_before_, arena_;
    block<number> inputs_, targets_, outputs_; ///< the caller's side: samples are gathered here
    mirror inputs_there_{net_->policy_instance(), 0}, targets_there_{net_->policy_instance(), 0},
        outputs_there_{net_->policy_instance(), 0};
    int reserved_ = 0;
    std::int64_t steps_ = 0;
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
