#pragma once
/// training_step — one step of training on a policy's machine, the same for a trainer's fit and for loops by hand: the
/// batch's memory, the run of the plan, what may be done to the gradient, and the optimiser's update.
///
/// A batch whose loss has not arrived yet is in flight. `collect` hands out what has arrived, in the order of the
/// batches; on the host that is always all. Steps behind one that went wrong change nothing, so that its error, which
/// `collect` and `update` raise, leaves the model as it was before it.
/// `Others` are plans that run on the same batches, such as an evaluation.
/// Errors   not_finite_error, naming step, operation and layer, for a loss that is not finite; naming step and
///          parameter for a gradient or a parameter that is not
#include <strata/base/needs_exceptions.hpp>
#include <strata/model/model.hpp>
#include <strata/plan/trainable_runs.hpp>
#include <strata/run/blend.hpp>
#include <strata/run/host_training.hpp>
#include <strata/train/batch_memory.hpp>
#include <strata/train/checked_update.hpp>
#include <strata/train/explain_loss.hpp>
#include <strata/train/loss_inputs.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// What a batch has given: its mean loss, and in an evaluation what that counts beside other batches'.
template <class T>
struct batch_result {
    int samples = 0;
    double loss = 0, weight = 0;
    const T* outputs = nullptr;
    batch_targets<T> targets{};
};

template <class Plan, class Model, class Loss, class... Others>
class training_step {
    using policy = typename Model::policy;
    using machine = typename policy::machine;
    using number = typename Model::number;
    static constexpr const auto& data = Plan::data;

  public:
    using memory = typename machine::template memory<number>;
    using training = typename machine::template training<policy>;
    using result = batch_result<number>;
    static constexpr auto input_size = static_cast<int>(data.input.size());
    static constexpr auto target_size = static_cast<int>(data.target.size());
    static constexpr auto output_size = static_cast<int>(data.output.size());
    static constexpr int positions = data.output.positions(), classes = data.output.channels();

    /// `moves_statistics`: whether there is something to bring back where a batch fails.
    [[gnu::cold, gnu::noinline]] training_step(Model& net, const Loss& loss, bool moves_statistics)
        : net_(net), machine_(net.policy_instance()), state_(net.policy_instance()),
          inputs_of_loss_(net.policy_instance(), loss, {target_size, positions, classes}),
          gradients_(allocated(data.sizes.parameters)),
          statistics_(allocated(moves_statistics ? data.sizes.buffers : 0)),
          batch_(net.policy_instance(),
                 {input_size, target_size, output_size, &arena_bytes, positions, Plan::most_samples}) {
        if constexpr (requires { loss.check(classes); }) loss.check(classes);
        if constexpr (reads_classes<Loss>) expect_classes(positions != 1);
    }

    /// The model, wherever it has moved to. Errors   error where it was destroyed
    [[nodiscard]] Model& net() const { return *net_; }
    [[nodiscard]] training& on() noexcept { return machine_; }
    [[nodiscard]] memory allocated(long long elements) const {
        return machine::template allocate<number>(net_->policy_instance(), elements);
    }

    // ---- batches ------------------------------------------------------------------------------------------------

    /// Memory for batches of up to n samples, of any of the plans: what comes after allocates nothing.
    void reserve(int n) {
        const auto& p = net_->policy_instance(); // first of all: it says so where the model is gone
        batch_.reserve(p, n, scratch * machine_.threads());
        inputs_of_loss_.reserve(p, batch_.reserved(), batch_.of_classes());
    }
    /// Does a batch of n fit, in reserved or free memory?
    [[nodiscard]] bool fits(int n) const { return batch_.fits(net_->policy_instance(), n); }
    [[nodiscard]] int reserved() const noexcept { return batch_.reserved(); }
    /// Places of the next batch's samples, targets and weights (none: all count alike), and of the last one's outputs.
    [[nodiscard]] number* inputs() noexcept { return batch_.inputs(); }
    [[nodiscard]] number* targets() noexcept { return batch_.targets(); }
    [[nodiscard]] std::int32_t* class_targets() noexcept { return batch_.classes(); }
    /// Which of the two the batches to come have.
    void expect_classes(bool of_classes) {
        batch_.expect_classes(net_->policy_instance(), of_classes);
        inputs_of_loss_.reserve(net_->policy_instance(), batch_.reserved(), of_classes);
    }
    [[nodiscard]] std::vector<double>& sample_weights() noexcept { return inputs_of_loss_.sample_weights(); }
    [[nodiscard]] const number* outputs() const noexcept { return batch_.outputs(); }

    /// The batch's samples and the model go to the machine, for a run of the plan P.
    template <class P = Plan>
    void begin(int batch) {
        frame_.batch = batch;
        frame_.chunk_size = P::chunk;
        frame_.chunks = P::chunks(batch);
        frame_.random = {net_->initial_seed().value, static_cast<std::uint64_t>(state_.steps())};
        frame_.weights = nullptr;
        frame_.set(storage::input, batch_.upload_inputs(batch));
        frame_.set(storage::output, batch_.output_slot());
        frame_.set(storage::gradient, gradients_.data());
        frame_.set_arena(batch_.arena(), P::data.sizes, scratch, machine_.threads());
        follow_model();
    }
    /// A const model's numbers are read, and never written: its plan has neither statistics to move nor gradients of
    /// parameters.
    void follow_model() {
        frame_.set(storage::parameter, const_cast<number*>(net_->parameter_memory().data()));
        frame_.set(storage::buffer, const_cast<number*>(net_->buffer_memory().data()));
    }
    /// The batch's targets, or the gradient of its outputs.
    void upload_targets() {
        const int batch = frame_.batch;
        if (batch_.of_classes()) {
            frame_.set(storage::target, batch_.upload_classes(batch));
            frame_.classes = inputs_of_loss_.values_of(batch_.classes(), batch);
        } else {
            frame_.set(storage::target, batch_.upload_targets(inputs_of_loss_.targets(batch_.targets(), batch), batch));
            frame_.classes = {};
        }
        frame_.weights = inputs_of_loss_.weights(net_->policy_instance(), given_targets(), batch, batch_.reserved());
    }
    /// All steps of the plan P, or those in [first, last).
    template <class P = Plan>
    void run(int first = 0, int last = P::steps) {
        machine_.template run<P>(frame_, first, last);
    }
    void download_outputs() { batch_.download_outputs(frame_.batch); }
    /// The machine's numbers of a value of the plan, where the caller can read them until the next call.
    [[nodiscard]] const number* read_back(const operand& o, long long n) {
        return machine_.read_back(frame_.address(o), n);
    }

    // ---- losses and gradients -----------------------------------------------------------------------------------

    /// Runs the batch forwards and backwards: its gradients are those of its mean loss. `begins_step`: it is the first
    /// whose gradients go into the next update.
    void differentiate(int batch, bool begins_step) {
        begin(batch);
        upload_targets();
        if (begins_step) machine_.keep(state_, net_->buffer_memory().data(), statistics_.size(), statistics_.data());
        run();
        end<Plan>(true);
    }
    /// The batch's mean loss by another plan, that of an evaluation.
    template <class P>
    void evaluate(int batch) {
        begin<P>(batch);
        upload_targets();
        run<P>();
        end<P>(false);
    }
    /// Calls take(result) for each batch that has arrived, or for all.
    template <class Take>
    void collect(const Take& take, bool all = false) {
        if (!in_flight_) return;
        static_cast<void>(all);
        in_flight_ = false;
        take(result{frame_.batch, state_.posted(0).loss, weight_, batch_.outputs(), given_targets()});
    }
    /// Samples whose losses have not been collected.
    [[nodiscard]] std::int64_t samples_in_flight() const noexcept { return in_flight_ ? frame_.batch : 0; }
    /// Raises the error of what was not finite, if it is known. `hint` gives what the optimiser knows of such
    /// parameters.
    template <class Hint>
    void require_finite(const Hint& hint) {
        if (state_.known().found != not_finite::nothing) give_up(state_.known(), hint());
    }

    [[nodiscard]] memory& gradients() noexcept { return gradients_; }
    [[nodiscard]] const memory& gradients() const noexcept { return gradients_; }

    // ---- what may stand between a gradient and its update -------------------------------------------------------

    /// Adds the gradient, weighted, to a sum that the first one begins; `take_sum` makes the sum the gradient.
    void add_to_sum(double weight, bool first) {
        if (sum_.size() == 0) sum_ = allocated(gradients_.size());
        blend_in(first ? 0 : 1, weight, gradients_, sum_);
    }
    void take_sum() { machine_.copy(sum_.data(), sum_.size(), gradients_.data()); }
    /// Scales the gradient down to a Euclidean norm of at most `most` over all parameters.
    void limit_norm(double most) { machine_.limit_norm(state_, most, gradients_.data(), gradients_.size()); }
    /// Keeps each element of the gradient in [−most, most].
    void limit_elements(double most) { blend_in(1, 0, gradients_, gradients_, most); }

    // ---- the update ---------------------------------------------------------------------------------------------

    [[nodiscard]] const step_state& state() const noexcept { return state_.known(); }
    [[nodiscard]] std::int64_t steps() const noexcept { return state_.steps(); }
    void set_steps(std::int64_t steps) {
        step_state s = state_.read();
        s.step = steps;
        state_.write(s);
    }
    /// A step without an update, by an optimiser elsewhere: random layers draw other numbers in the next.
    void advance() { machine_.advance(state_, 1); }
    /// One step of the optimiser, at a factor of its rate; `slots` are its numbers for all trainable runs.
    template <class Optimizer, class Groups>
    void update(const Optimizer& optimizer, const Groups& groups, double rate_factor, memory& slots) {
        constexpr const auto& runs = trainable_runs<Plan>;
        update_parts<Plan>(machine_, state_, step_rule<Optimizer, Groups>{optimizer, groups, rate_factor}, runs,
                           gradients_.data(), net_->parameter_memory().data(), slots.data(), runs.elements(),
                           [](long long offset) { return runs.place(offset); });
        if (data.sizes.buffers > 0 && state_.known().found == not_finite::nothing)
            machine_.check_finite(state_, not_finite::model, net_->buffer_memory().data(), data.sizes.buffers);
    }

    /// Bytes of the gradients and the values of a step over `batch` samples, on one thread.
    [[nodiscard]] static constexpr long long bytes(int batch) {
        return (machine::template scratch<Plan, policy, number> + data.sizes.parameters)
                   * static_cast<long long>(sizeof(number))
               + Plan::arena_bytes(batch);
    }

  private:
    /// Numbers of a thread; and bytes of the arena without it: the most that one of the plans takes.
    static constexpr long long scratch = std::max(
        {machine::template scratch<Plan, policy, number>, machine::template scratch<Others, policy, number>...});
    static constexpr long long arena_bytes(int n) {
        return std::max({Plan::arena_bytes(n), Others::arena_bytes(n)...});
    }

    [[nodiscard]] batch_targets<number> given_targets() const noexcept {
        return batch_.of_classes() ? batch_targets<number>{nullptr, batch_.classes()}
                                   : batch_targets<number>{batch_.targets(), nullptr};
    }

    void blend_in(double keep, double take, const memory& from, memory& to,
                  double bound = std::numeric_limits<double>::infinity()) {
        machine_.for_elements(to.size(), blend<number>{static_cast<number>(keep), static_cast<number>(take),
                                                       from.data(), to.data(), static_cast<number>(bound)});
    }

    /// A run is over: its loss and outputs are on their way.
    template <class P>
    void end(bool trains) {
        weight_ = trains ? 0 : inputs_of_loss_.weight(given_targets(), frame_.batch);
        machine_.take_loss(state_, frame_.address(P::data.loss), trains);
        download_outputs();
        state_.post(0);
        in_flight_ = true;
    }

    /// Raises the error that names what was not finite. Where the step can be skipped, the model is as it was before
    /// it, running statistics included.
    [[gnu::cold, gnu::noinline]] void give_up(step_state s, const std::string& hint) {
        const auto restore = [&] {
            if constexpr (!std::is_const_v<Model>)
                machine_.copy(statistics_.data(), statistics_.size(), net_->buffer_memory().data());
        };
        const not_finite found = s.found;
        s.found = not_finite::nothing;
        state_.write(s);
        in_flight_ = false;
        if (found == not_finite::model) explain_parameters(machine_, *net_, s.step, hint);
        restore(); // what is repeated moves them as well
        try {
            if (found == not_finite::loss) explain_loss<Plan>(frame_, s.step + 1, machine_, hint);
            explain_gradient<Model>(machine_, gradients_.data(), s.step + 1);
        } catch (...) {
            restore();
            throw;
        }
    }

    follower<Model> net_;
    training machine_;
    typename training::step_memory state_;
    loss_inputs<Loss, policy, number> inputs_of_loss_;
    memory gradients_, statistics_, sum_; ///< `statistics_`: the model's buffers before the step
    batch_memory<policy, number> batch_;
    frame<number> frame_;
    double weight_ = 0; ///< of the batch in flight
    bool in_flight_ = false;
};

} // namespace strata::inline STRATA_ABI::detail
