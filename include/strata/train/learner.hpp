#pragma once
/// learner — one step at a time: gathers a batch, runs the training plan, explains a loss that is not finite, averages
/// the gradients of several batches, clips, lets the optimiser step. `trainer` is its door; fit and evaluate stand on
/// it.
#include <strata/base/needs_exceptions.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/refused_reads.hpp>
#include <strata/model/model.hpp>
#include <strata/plan/trainable_runs.hpp>
#include <strata/run/batch_of.hpp>
#include <strata/run/host_training.hpp>
#include <strata/train/blend.hpp>
#include <strata/train/checked_update.hpp>
#include <strata/train/explain_loss.hpp>
#include <strata/train/no_groups.hpp>
#include <strata/train/refused_samples.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <concepts>
#include <exception>
#include <string_view>

namespace strata::inline STRATA_ABI::detail {

/// A class of its own, so that there is one error however many data sets are given.
template <class Loss, int Rank>
struct accepts_class_numbers {
    static_assert(Loss::takes_class_index,
                  "strata: this loss takes targets of the output's own shape, but the data set gives class numbers. "
                  "Use cross_entropy, or a data set of values.");
    static_assert(
        !Loss::takes_class_index || Rank == 1,
        "strata: the data set gives class numbers, but the output of the network is an image. End it with flatten, "
        "dense<K>, or use a data set of values.");
};

/// A class of its own, so that there is one error however often such a trainer is made.
template <bool Trains>
struct leaves_something_to_train {
    static_assert(Trains,
                  "strata: every layer with parameters is frozen: there is nothing to train. Leave at least one of "
                  "them out of frozen<...>.");
};

/// What is checked of a data set.
struct facts_of_data {
    std::size_t size = 0;
    shape sample{}, target{};
    int classes = -1; ///< none: its targets are values
};

/// Stands for `frozen<...>` where nothing is.
struct nothing_frozen {
    template <class Net>
    struct diagnosis {};
    template <class Net>
    static constexpr layer_set layers{};
};

template <class Model, class Loss, class Optimizer, class Frozen = nothing_frozen, class Groups = no_groups>
class learner : private Frozen::template diagnosis<typename Model::network>,
                private Groups::template diagnosis<typename Model::network> {
  public:
    using model_type = Model;
    using loss_type = Loss;
    using optimizer_type = Optimizer;
    using groups_type = Groups;
    using network = typename Model::network;
    using policy = typename Model::policy;
    using number = typename Model::number;
    using machine = typename policy::machine;
    using memory = typename machine::template memory<number>;
    static constexpr int states = Optimizer::states;
    static constexpr target_numbers numbers = policy::template numbers<number>();
    static constexpr layer_set frozen_layers = Frozen::template layers<network>;
    using training_plan = plan<network, request{.mode = mode::train, .frozen = frozen_layers, .target = numbers}, Loss>;
    using evaluation_plan = plan<network, request{.target = numbers}, Loss>;

    static constexpr leaves_something_to_train<std::is_same_v<Frozen, nothing_frozen>
                                               || core::trainable_runs<training_plan>.size() != 0>
        something_is_left{};
    /// Numbers in a slot of the optimiser's state: those that are trained, padding included.
    static constexpr long long state_size = core::trainable_runs<training_plan>.elements();

    static constexpr auto sample_size = static_cast<std::size_t>(training_plan::data.input.size());
    static constexpr auto target_size = static_cast<std::size_t>(training_plan::data.target.size());
    static constexpr auto output_size = static_cast<std::size_t>(training_plan::data.output.size());
    static constexpr int classes =
        output_size == 1 ? 2 : static_cast<int>(output_size); ///< where targets are class numbers

    [[gnu::cold, gnu::noinline]] learner(Model& net, const Loss& loss, const Optimizer& optimizer,
                                         const Groups& groups = Groups())
        : net_(net), loss_(loss), optimizer_(optimizer), groups_(groups), machine_(net.policy_instance()),
          gradients_(allocated(training_plan::data.sizes.parameters)),
          state_(allocated(state_size * Optimizer::states)),
          buffers_before_(allocated(training_plan::data.sizes.buffers)) {
        optimizer_.check();
        groups_.check(optimizer_);
        if constexpr (requires { loss_.check(static_cast<int>(output_size)); })
            loss_.check(static_cast<int>(output_size));
    }

    // ---- batches ------------------------------------------------------------------------------------------------

    /// Memory for batches of up to n samples, of either plan.
    [[gnu::cold, gnu::noinline]] void reserve(int n) {
        if (n <= reserved_) return;
        if (n > most_samples) refuse_batch(n);
        const policy& p = net_->policy_instance();
        const auto in = static_cast<long long>(sample_size), target = static_cast<long long>(target_size),
                   out = static_cast<long long>(output_size);
        reserved_ = 0;     // until all is there
        arena_ = memory(); // given back before more is asked for
        inputs_there_ = targets_there_ = outputs_there_ = mirror(p, 0);
        machine::require_memory(p, n, &bytes_of_batch);
        arena_ = allocated(scratch * machine_.threads() + arena_elements(n));
        inputs_ = block<number>(n * in), inputs_there_ = mirror(p, n * in);
        targets_ = block<number>(n * target), targets_there_ = mirror(p, n * target);
        if constexpr (changes_targets) changed_targets_ = block<number>(n * target);
        outputs_ = block<number>(n * out), outputs_there_ = mirror(p, n * out);
        reserved_ = n;
    }
    /// Does a batch of n fit, in reserved or free memory?
    [[nodiscard]] bool fits(int n) const {
        return n <= reserved_ || machine::fits(net_->policy_instance(), bytes_of_batch(n));
    }
    [[nodiscard]] int reserved() const noexcept { return reserved_; }
    /// Places of a batch's samples, targets and, after a run, outputs.
    [[nodiscard]] number* inputs() noexcept { return inputs_.data(); }
    [[nodiscard]] number* targets() noexcept { return targets_.data(); }
    [[nodiscard]] const number* outputs() const noexcept { return outputs_.data(); }

    /// Raises a shape_error where a data set does not fit the network and the loss; `which` names it.
    template <class Data>
    static void check(const Data& data, const char* which) {
        facts_of_data given{data.size(), data.sample_shape()};
        if constexpr (std::same_as<typename Data::target_type, data::class_index>) {
            [[maybe_unused]] const accepts_class_numbers<Loss, training_plan::data.output.rank> said_once;
            given.classes = data.classes();
        } else {
            given.target = data.target_shape();
        }
        check(given, which);
        if (given.sample != training_plan::data.input)
            refuse_samples(sentence({"the ", which, " data"}).c_str(), given.sample, training_plan::data.input,
                           feature_names_of(data));
    }

    /// Reads samples, targets and weights, chunk by chunk on the threads, as the model's numbers.
    template <class Data, class Index>
    void gather(const Data& data, int n, std::uint64_t pass, Index index_of) {
        constexpr int chunk = numbers.chunk;
        const data::key random{net_->initial_seed().value, pass};
        // A data set may throw, a task must not: the first error is carried out of the region.
        sample_weights_.resize(data::has_weights(data) ? static_cast<std::size_t>(n) : 0);
        std::exception_ptr failure;
        std::atomic<bool> failed{false};
        machine_.for_each((n + chunk - 1) / chunk, [&](int task) {
            try {
                for (int i = task * chunk; i < n && i < (task + 1) * chunk; ++i) {
                    read(data, index_of(i), random, inputs() + static_cast<std::size_t>(i) * sample_size,
                         targets() + static_cast<std::size_t>(i) * target_size);
                    if (!sample_weights_.empty())
                        sample_weights_[static_cast<std::size_t>(i)] = weight_of(data, index_of(i));
                }
            } catch (...) {
                if (!failed.exchange(true)) failure = std::current_exception();
            }
        });
        if (failure) std::rethrow_exception(failure);
    }

    /// Sample `from` of the data and its target, as the model's numbers.
    template <class Data>
    static void read(const Data& data, std::size_t from, const data::key& random, number* x, number* t) {
        const std::span<number> into(x, sample_size);
        if constexpr (std::same_as<typename Data::target_type, data::class_index>) {
            data::class_index c;
            data::read_as<number>(data, from, random, into, c);
            for (std::size_t k = 0; k < target_size; ++k) t[k] = number(0);
            if (c.value < 0 || c.value >= classes) refuse_class(c.value, from);
            if constexpr (target_size == 1) t[0] = static_cast<number>(c.value); // no or yes
            else t[c.value] = number(1);
        } else {
            data::target_for<data::values, number> target{std::span<number>(t, target_size)};
            data::read_as<number>(data, from, random, into, target);
        }
    }
    /// What sample `from` of the data counts in the loss.
    template <class Data>
    static double weight_of(const Data& data, std::size_t from) {
        if constexpr (requires { static_cast<double>(data.weight(from)); }) {
            const auto weight = static_cast<double>(data.weight(from));
            if (!data::counts_as_weight(weight)) data::refuse_weight(from);
            return weight;
        } else {
            return 1;
        }
    }
    /// Of the batch that was gathered, or none: all count alike.
    [[nodiscard]] std::vector<double>& sample_weights() noexcept { return sample_weights_; }

    // ---- steps --------------------------------------------------------------------------------------------------

    /// The gradients of the batch's mean loss, which is given. Raises the error that names what broke where it is not
    /// finite.
    double differentiate(int batch, bool begins_step = true) {
        const frame<number> f = make_frame<training_plan>(batch);
        if (begins_step) machine_.copy(net_->buffer_block().data(), buffers_before_.size(), buffers_before_.data());
        machine_.template run<training_plan>(f);
        const double loss = loss_of<training_plan>(f);
        if (!(loss - loss == 0)) give_up(f);
        return loss;
    }
    /// What the batch's mean loss counts beside other batches': its samples, or the weight that the loss gives them.
    [[nodiscard]] double weight(int batch) const {
        if (!sample_weights_.empty()) return sum_of_weights(batch);
        return weight_by_loss(0, batch);
    }
    /// The batch's mean loss in inference mode.
    double evaluate(int batch) {
        const frame<number> f = make_frame<evaluation_plan>(batch);
        machine_.template run<evaluation_plan>(f);
        return loss_of<evaluation_plan>(f);
    }
    /// One step of the optimiser, at a factor of its rate. Errors   not_finite_error, naming step and parameter, for a
    /// gradient that is not finite, before anything has changed, and for a step that leaves the model so
    void update(double rate_factor) {
        constexpr const auto& runs = trainable_runs<training_plan>;
        if (!gradient_is_finite(machine_, gradients_.data(), runs)) give_up_gradient();
        ++steps_;
        Optimizer now = optimizer_;
        now.rate *= rate_factor;
        last_rate_ = now.rate;
        bool finite = buffers_are_finite();
        for (const element_run& run : runs)
            groups_.template each_part<training_plan>(run, now, [&](const element_run& part, const Optimizer& own) {
                finite = update_part(machine_, own, steps_, gradients_.data(), net_->parameter_block().data(),
                                     state_.data() + runs.place(part.first), state_size, part)
                         && finite;
            });
        if (!finite) explain_parameters(machine_, *net_, steps_, why_not_finite());
    }
    /// The same error, at the end of an epoch, where the machine cannot tell after every step.
    void require_finite() {
        if constexpr (!tells_finite<decltype(machine_), number>)
            explain_parameters(machine_, *net_, steps_, why_not_finite());
    }

    // ---- what may stand between a gradient and its step
    // --------------------------------------------------------------

    /// Adds the gradient, weighted, to a sum that the first one begins; `take_sum` makes the sum the gradient.
    void add_to_sum(double weight, bool first) {
        if (sum_.size() == 0) sum_ = allocated(gradients_.size());
        blend_in(first ? 0 : 1, weight, gradients_, sum_);
    }
    void take_sum() { machine_.copy(sum_.data(), sum_.size(), gradients_.data()); }

    /// Scales the gradient down to a Euclidean norm of at most `most` over all parameters, and gives the norm it had.
    /// Source: Pascanu, Mikolov & Bengio 2013, with the 1e-6 of torch.nn.utils.clip_grad_norm_
    double clip_norm(double most) {
        const double norm = std::sqrt(machine_.square_sum(gradients_.data(), gradients_.size()));
        if (!(norm - norm == 0)) give_up_gradient(); // comes back where only the sum is too large
        const double factor = most / (norm + 1e-6);
        if (factor < 1) blend_in(factor, 0, gradients_, gradients_);
        return norm;
    }
    /// Keeps each element of the gradient in [−most, most].
    void clip_value(double most) { blend_in(1, 0, gradients_, gradients_, most); }

    /// Moves the running average of the parameters: average = decay · average + (1 − decay) · parameters, from the
    /// parameters on at the first call.
    void average_parameters(double decay) {
        if (average_.size() == 0) {
            average_ = net_->parameter_memory();
            return;
        }
        for (const element_run& run : trainable_runs<training_plan>) // what is frozen keeps its bits here too
            machine_.for_elements(run.count, blend<number>{static_cast<number>(decay), static_cast<number>(1 - decay),
                                                           net_->parameter_memory().data() + run.first,
                                                           average_.data() + run.first});
    }
    [[nodiscard]] bool has_average() const noexcept { return average_.size() != 0; }
    /// The average; made, of the parameters as they are, if there is none.
    [[nodiscard]] memory& average() {
        if (!has_average()) average_parameters(0);
        return average_;
    }

    // ---- state --------------------------------------------------------------------------------------------------

    /// The model, wherever it has moved to. Errors   error where it was destroyed
    [[nodiscard]] Model& net() { return *net_; }
    [[nodiscard]] const Model& net() const { return *net_; }
    /// How checkpoints tell optimisers apart.
    static constexpr std::string_view optimiser_words() {
        if constexpr (requires { Optimizer::name; }) return Optimizer::name;
        else
            return states == 0 ? "of no state" : states == 1 ? "of one state a parameter" : "of two states a parameter";
    }
    /// What the optimiser knows of parameters that are not finite.
    [[nodiscard, gnu::cold]] std::string why_not_finite() const {
        if constexpr (requires { optimizer_.why_not_finite(); }) return optimizer_.why_not_finite();
        else return {};
    }
    [[nodiscard]] const Optimizer& optimizer() const noexcept { return optimizer_; }
    [[nodiscard]] memory& gradients() noexcept { return gradients_; }
    [[nodiscard]] const memory& gradients() const noexcept { return gradients_; }
    /// The optimiser's slots one after the other, each with the numbers of the trainable runs (see trainable_runs).
    [[nodiscard]] memory& state() noexcept { return state_; }
    [[nodiscard]] std::int64_t steps() const noexcept { return steps_; }
    /// The rate of the last step.
    [[nodiscard]] double last_rate() const noexcept { return last_rate_; }
    void set_steps(std::int64_t steps) noexcept { steps_ = steps; }

    /// Bytes of the optimiser's state.
    [[nodiscard]] static constexpr long long optimiser_bytes() {
        return state_size * Optimizer::states * static_cast<long long>(sizeof(number));
    }
    /// Bytes of the gradients, the optimiser's state and the values of a step over `batch` samples, on one thread.
    [[nodiscard]] static constexpr long long bytes(int batch) {
        return (scratch_of_training + training_plan::arena_elements(batch) + training_plan::data.sizes.parameters
                + state_size * Optimizer::states)
               * static_cast<long long>(sizeof(number));
    }

  private:
    using mirror = typename machine::template mirror<number>;
    /// Does the loss make something of the targets before they reach its operation (class weights, smoothed labels)?
    static constexpr bool changes_targets =
        requires(const Loss& loss, const number* from, number* to) { loss.change_targets(from, to, 1, 1); };

    void blend_in(double keep, double take, const memory& from, memory& to,
                  double bound = std::numeric_limits<double>::infinity()) {
        machine_.for_elements(to.size(), blend<number>{static_cast<number>(keep), static_cast<number>(take),
                                                       from.data(), to.data(), static_cast<number>(bound)});
    }
    [[nodiscard]] memory allocated(long long elements) const {
        return machine::template allocate<number>(net_->policy_instance(), elements);
    }
    static long long bytes_of_batch(int n) {
        return (arena_elements(n) + n * static_cast<long long>(sample_size + target_size + output_size))
               * static_cast<long long>(sizeof(number));
    }
    static constexpr long long scratch_of_training = machine::template scratch<training_plan, policy, number>,
                               scratch_of_evaluation = machine::template scratch<evaluation_plan, policy, number>,
                               scratch = std::max(scratch_of_training, scratch_of_evaluation);
    /// Elements of the arena of either plan, without the threads' scratch.
    static constexpr long long arena_elements(int n) {
        const long long train = training_plan::arena_elements(n), test = evaluation_plan::arena_elements(n);
        return train > test ? train : test;
    }

    [[gnu::cold, gnu::noinline]] static void check(const facts_of_data& given, const char* which) {
        constexpr const auto& data = training_plan::data;
        if (given.classes > classes)
            raise<shape_error>(
                sentence({"strata: the ", which, " data have ", given.classes, " classes, but the network's output is ",
                          words_of(data.output), ". End the network with dense<", given.classes, ">."}));
        if (given.classes < 0 && given.target != data.target)
            raise<shape_error>(sentence({"strata: the ", which, " data have targets ", words_of(given.target),
                                         ", but the loss takes ", words_of(data.target), "."}));
        if (given.size == 0)
            raise<shape_error>(sentence({"strata: the ", which, " data are empty; give at least one sample."}));
    }

    [[gnu::cold, gnu::noinline]] [[noreturn]] static void refuse_class(int given, std::size_t sample) {
        raise<shape_error>(sentence({"strata: sample ", sample, " of the data is of class ", given,
                                     ", but the network's classes are 0 to ", classes - 1, "."}));
    }
    /// What the loss itself makes of samples, such as the weights of their classes.
    [[nodiscard]] double weight_by_loss(int first, int count) const {
        if constexpr (requires { loss_.weight(targets_.data(), count, 1); })
            return loss_.weight(targets_.data() + static_cast<std::size_t>(first) * target_size, count,
                                static_cast<int>(target_size));
        else return count;
    }
    [[nodiscard, gnu::cold, gnu::noinline]] double sum_of_weights(int batch) const {
        double sum = 0;
        for (int n = 0; n < batch; ++n) sum += sample_weights_[static_cast<std::size_t>(n)] * weight_by_loss(n, 1);
        return sum;
    }
    /// The loss's plain mean over the batch becomes sum w l / sum w: each sample's part in it counts w times this.
    [[nodiscard, gnu::cold, gnu::noinline]] const number* bring_weights(int batch) {
        if (weight_factors_.size() < batch) {
            weight_factors_ = block<number>(reserved_);
            weights_there_ = mirror(net_->policy_instance(), reserved_);
        }
        const double sum = sum_of_weights(batch), unit = sum > 0 ? weight_by_loss(0, batch) / sum : 0;
        for (int n = 0; n < batch; ++n)
            weight_factors_.data()[n] = static_cast<number>(unit * sample_weights_[static_cast<std::size_t>(n)]);
        return weights_there_.bring(weight_factors_.data(), batch);
    }

    template <class Plan>
    frame<number> make_frame(int batch) {
        const number* targets = targets_.data();
        if constexpr (changes_targets)
            if (loss_.change_targets(targets, changed_targets_.data(), batch, static_cast<int>(target_size)))
                targets = changed_targets_.data();
        frame<number> f;
        f.batch = batch;
        f.chunk_size = numbers.chunk;
        f.chunks = Plan::chunks(batch);
        f.random = {net_->initial_seed().value, static_cast<std::uint64_t>(steps_)};
        f.set(storage::input, inputs_there_.bring(inputs_.data(), batch * static_cast<long long>(sample_size)));
        f.set(storage::target, targets_there_.bring(targets, batch * static_cast<long long>(target_size)));
        f.set(storage::output, outputs_there_.room(outputs_.data()));
        f.set(storage::parameter, net_->parameter_block().data());
        f.set(storage::gradient, gradients_.data());
        f.set(storage::buffer, net_->buffer_block().data());
        f.set_arena(arena_.data(), Plan::data.sizes, scratch, machine_.threads());
        if (!sample_weights_.empty()) f.weights = bring_weights(batch);
        return f;
    }

    /// The mean loss of the batch; brings the outputs back to the caller.
    template <class Plan>
    double loss_of(const frame<number>& f) {
        outputs_there_.fetch(outputs_.data(), f.batch * static_cast<long long>(output_size));
        return static_cast<double>(*machine_.look(f.address(Plan::data.loss), 1));
    }

    [[nodiscard]] bool buffers_are_finite() {
        if constexpr (tells_finite<decltype(machine_), number> && training_plan::data.sizes.buffers > 0)
            return machine_.all_finite(net_->buffer_block().data(), training_plan::data.sizes.buffers);
        return true;
    }
    /// Raises the error that names the gradient that is not finite; running statistics are as before the step then.
    [[gnu::cold, gnu::noinline]] void give_up_gradient() {
        try {
            explain_gradient<Model>(machine_, gradients_.data(), steps_ + 1);
        } catch (...) {
            machine_.copy(buffers_before_.data(), buffers_before_.size(), net_->buffer_block().data());
            throw;
        }
    }

    /// Raises the error that names what broke, and leaves the model as it was before the step, running statistics
    /// included.
    [[noreturn, gnu::cold, gnu::noinline]] void give_up(const frame<number>& f) {
        const auto restore = [&] {
            machine_.copy(buffers_before_.data(), buffers_before_.size(), net_->buffer_block().data());
        };
        restore();
        try {
            explain_loss<training_plan>(f, steps_ + 1, machine_, why_not_finite());
        } catch (...) {
            restore();
            throw;
        }
    }

    follower<Model> net_;
    [[no_unique_address]] Loss loss_;
    Optimizer optimizer_;
    [[no_unique_address]] Groups groups_;
    typename machine::template training<policy> machine_;
    memory gradients_, state_, buffers_before_, arena_, sum_, average_;
    block<number> inputs_, targets_, changed_targets_, outputs_; ///< the caller's side: samples are gathered here
    mirror inputs_there_{net_->policy_instance(), 0}, targets_there_{net_->policy_instance(), 0},
        outputs_there_{net_->policy_instance(), 0};
    std::vector<double> sample_weights_; ///< as the data set gives them
    block<number> weight_factors_;
    mirror weights_there_{net_->policy_instance(), 0};
    int reserved_ = 0;
    std::int64_t steps_ = 0;
    double last_rate_ = 0;
};

} // namespace strata::inline STRATA_ABI::detail
