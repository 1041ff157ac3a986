#pragma once
/// learner — one step at a time: gathers a batch, runs the training plan, explains a loss that is not finite, averages
/// the gradients of several batches, clips, lets the optimiser step. `trainer` is its door; fit and evaluate stand on
/// it.
#include <strata/base/needs_exceptions.hpp>
#include <strata/data/data_set.hpp>
#include <strata/model/model.hpp>
#include <strata/plan/trainable_runs.hpp>
#include <strata/run/host_training.hpp>
#include <strata/train/batch_memory.hpp>
#include <strata/train/blend.hpp>
#include <strata/train/checked_update.hpp>
#include <strata/train/data_check.hpp>
#include <strata/train/explain_loss.hpp>
#include <strata/train/first_error.hpp>
#include <strata/train/leaves_something_to_train.hpp>
#include <strata/train/no_groups.hpp>
#include <strata/train/nothing_frozen.hpp>
#include <strata/train/parameter_average.hpp>
#include <strata/train/read_sample.hpp>
#include <strata/train/sample_weights.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

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
    static constexpr taken_data taken{training_plan::data.input, training_plan::data.target, training_plan::data.output,
                                      classes};

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
    void reserve(int n) {
        const auto& p = net_->policy_instance(); // first of all: it says so where the model is gone
        batch_.reserve(p, n, scratch * machine_.threads());
    }
    /// Does a batch of n fit, in reserved or free memory?
    [[nodiscard]] bool fits(int n) const { return batch_.fits(net_->policy_instance(), n); }
    [[nodiscard]] int reserved() const noexcept { return batch_.reserved(); }
    /// Places of a batch's samples, targets and, after a run, outputs.
    [[nodiscard]] number* inputs() noexcept { return batch_.inputs(); }
    [[nodiscard]] number* targets() noexcept { return batch_.targets(); }
    [[nodiscard]] const number* outputs() const noexcept { return batch_.outputs(); }

    /// Raises a shape_error where a data set does not fit the network and the loss; `which` names it.
    template <class Data>
    static void check(const Data& data, const char* which) {
        check_data<Loss, taken.output.rank>(data, taken, which);
    }

    /// Reads the n samples behind the first `from` of an order (null: as they are stored), their targets and weights,
    /// chunk by chunk on the threads, as the model's numbers.
    template <class Data>
    void gather(const Data& data, const std::size_t* order, std::int64_t from, int n, std::uint64_t pass) {
        constexpr int chunk = numbers.chunk;
        const data::key random{net_->initial_seed().value, pass};
        std::vector<double>& weights = sample_weights();
        weights.resize(data::has_weights(data) ? static_cast<std::size_t>(n) : 0);
        first_error error; // a data set may throw, a task must not
        machine_.for_each((n + chunk - 1) / chunk, [&](int task) {
            try {
                for (int i = task * chunk; i < n && i < (task + 1) * chunk; ++i) {
                    const auto to = static_cast<std::size_t>(i), place = static_cast<std::size_t>(from + i);
                    const std::size_t sample = order == nullptr ? place : order[place];
                    read(data, sample, random, inputs() + to * sample_size, targets() + to * target_size);
                    if (!weights.empty()) weights[to] = weight_of(data, sample);
                }
            } catch (...) {
                error.keep();
            }
        });
        error.rethrow();
    }

    /// Sample `from` of the data and its target, as the model's numbers.
    template <class Data>
    static void read(const Data& data, std::size_t from, const data::key& random, number* x, number* t) {
        read_sample<number>(data, from, random, classes, {x, sample_size}, {t, target_size});
    }
    /// Of the batch that was gathered, or none: all count alike.
    [[nodiscard]] std::vector<double>& sample_weights() noexcept { return weights_.given(); }

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
        return weights_.empty() ? weight_by_loss(0, batch) : sum_of_weights(batch);
    }
    /// The batch's mean loss in inference mode.
    double evaluate(int batch) {
        const frame<number> f = make_frame<evaluation_plan>(batch);
        machine_.template run<evaluation_plan>(f);
        return loss_of<evaluation_plan>(f);
    }
    /// Adds the batch that ran last to metrics.
    template <class Metrics>
    void measure(Metrics& metrics, int batch) {
        metrics.add(outputs(), targets(), batch, static_cast<int>(output_size));
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

    // ---- what may stand between a gradient and its step ---------------------------------------------------------

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

    /// Moves the running average of the parameters.
    void average_parameters(double decay) {
        average_.move(machine_, net_->parameter_memory(), trainable_runs<training_plan>, decay);
    }
    [[nodiscard]] bool has_average() const noexcept { return !average_.empty(); }
    /// The average; made, of the parameters as they are, if there is none.
    [[nodiscard]] memory& average() { return average_.numbers(net_->parameter_memory()); }

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
    [[nodiscard]] const Groups& groups() const noexcept { return groups_; }
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
        return (scratch_of_training + training_plan::data.sizes.parameters + state_size * Optimizer::states)
                   * static_cast<long long>(sizeof(number))
               + training_plan::arena_bytes(batch);
    }

  private:
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
    static constexpr long long scratch_of_training = machine::template scratch<training_plan, policy, number>,
                               scratch_of_evaluation = machine::template scratch<evaluation_plan, policy, number>,
                               scratch = std::max(scratch_of_training, scratch_of_evaluation);
    /// Bytes of the arena of either plan, without the threads' scratch.
    static constexpr long long arena_bytes(int n) {
        const long long train = training_plan::arena_bytes(n), test = evaluation_plan::arena_bytes(n);
        return train > test ? train : test;
    }

    /// What the loss itself makes of samples, such as the weights of their classes.
    [[nodiscard]] double weight_by_loss(int first, int count) const {
        if constexpr (requires { loss_.weight(batch_.targets(), count, 1); })
            return loss_.weight(batch_.targets() + static_cast<std::size_t>(first) * target_size, count,
                                static_cast<int>(target_size));
        else return count;
    }
    [[nodiscard, gnu::cold, gnu::noinline]] double sum_of_weights(int batch) const {
        double sum = 0;
        for (int n = 0; n < batch; ++n) sum += weights_.given()[static_cast<std::size_t>(n)] * weight_by_loss(n, 1);
        return sum;
    }
    /// The loss's plain mean over the batch becomes sum w l / sum w: each sample's part in it counts w times this.
    [[nodiscard, gnu::cold, gnu::noinline]] double unit_of_weights(int batch) const {
        const double sum = sum_of_weights(batch);
        return sum > 0 ? weight_by_loss(0, batch) / sum : 0;
    }
    /// The targets, or what the loss makes of them.
    [[nodiscard]] const number* targets_of_loss(int batch) {
        if constexpr (changes_targets) {
            const auto n = static_cast<long long>(target_size);
            if (changed_targets_.size() < batch * n) changed_targets_ = block<number>(batch_.reserved() * n);
            if (loss_.change_targets(batch_.targets(), changed_targets_.data(), batch, static_cast<int>(n)))
                return changed_targets_.data();
        }
        return batch_.targets();
    }

    template <class Plan>
    frame<number> make_frame(int batch) {
        frame<number> f;
        f.batch = batch;
        f.chunk_size = numbers.chunk;
        f.chunks = Plan::chunks(batch);
        f.random = {net_->initial_seed().value, static_cast<std::uint64_t>(steps_)};
        f.set(storage::input, batch_.upload_inputs(batch));
        f.set(storage::target, batch_.upload_targets(targets_of_loss(batch), batch));
        f.set(storage::output, batch_.output_slot());
        f.set(storage::parameter, net_->parameter_block().data());
        f.set(storage::gradient, gradients_.data());
        f.set(storage::buffer, net_->buffer_block().data());
        f.set_arena(batch_.arena(), Plan::data.sizes, scratch, machine_.threads());
        if (!weights_.empty())
            f.weights = weights_.upload(net_->policy_instance(), batch, batch_.reserved(), unit_of_weights(batch));
        return f;
    }

    /// The mean loss of the batch; downloads the outputs to the caller.
    template <class Plan>
    double loss_of(const frame<number>& f) {
        batch_.download_outputs(f.batch);
        return static_cast<double>(*machine_.read_back(f.address(Plan::data.loss), 1));
    }

    [[nodiscard]] bool buffers_are_finite() {
        if constexpr (tells_finite<decltype(machine_), number> && training_plan::data.sizes.buffers > 0)
            return machine_.all_finite(net_->buffer_block().data(), training_plan::data.sizes.buffers);
        return true;
    }
    void restore_buffers() {
        machine_.copy(buffers_before_.data(), buffers_before_.size(), net_->buffer_block().data());
    }
    /// Raises the error that names the gradient that is not finite; running statistics are as before the step then.
    [[gnu::cold, gnu::noinline]] void give_up_gradient() {
        try {
            explain_gradient<Model>(machine_, gradients_.data(), steps_ + 1);
        } catch (...) {
            restore_buffers();
            throw;
        }
    }
    /// Raises the error that names what broke, and leaves the model as it was before the step, running statistics
    /// included.
    [[noreturn, gnu::cold, gnu::noinline]] void give_up(const frame<number>& f) {
        explain_loss<training_plan>(f, steps_ + 1, machine_, why_not_finite(), buffers_before_,
                                    net_->buffer_block().data());
    }

    follower<Model> net_;
    [[no_unique_address]] Loss loss_;
    Optimizer optimizer_;
    [[no_unique_address]] Groups groups_;
    typename machine::template training<policy> machine_;
    memory gradients_, state_, buffers_before_, sum_;
    parameter_average<memory, number> average_;
    batch_memory<policy, number> batch_{net_->policy_instance(),
                                        {static_cast<long long>(sample_size), static_cast<long long>(target_size),
                                         static_cast<long long>(output_size), &arena_bytes,
                                         training_plan::most_samples}};
    detail::sample_weights<policy, number> weights_{net_->policy_instance()};
    block<number> changed_targets_;
    std::int64_t steps_ = 0;
    double last_rate_ = 0;
};

} // namespace strata::inline STRATA_ABI::detail
