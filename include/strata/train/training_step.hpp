#pragma once
/// training_step — one step of training on a policy's machine, the same for a trainer's fit and for loops by hand: the
/// batch's memory, the run of the plan, what may be done to the gradient, and the optimiser's update.
///
/// A batch whose loss has not been collected is in flight. `collect` hands out what has arrived, in the order of the
/// batches; on the host that is always all. Steps behind one that went wrong change nothing, so that its error leaves
/// the model as it was before it, though it may be known some steps later.
/// `Others` are plans that run on the same batches, such as an evaluation.
/// Errors   not_finite_error, naming step, operation and layer, for a loss that is not finite; naming step and
///          parameter for a gradient or a parameter that is not
#include <strata/base/needs_exceptions.hpp>
#include <strata/call/sample_length.hpp>
#include <strata/model/model.hpp>
#include <strata/plan/weights/trainable_runs.hpp>
#include <strata/run/blend.hpp>
#include <strata/run/host_training.hpp>
#include <strata/train/batches/batch_memory.hpp>
#include <strata/train/batches/ignored_targets.hpp>
#include <strata/train/batches/loss_inputs.hpp>
#include <strata/train/batches/read_sample.hpp>
#include <strata/train/batches/target_infos.hpp>
#include <strata/train/checked_update.hpp>
#include <strata/train/explain_loss.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// What a batch has given: its mean loss, and what that counts beside other batches'.
template <class T>
struct batch_result {
    int samples = 0;
    double loss = 0, weight = 0;
    int slot = 0; ///< of the memory where its results and targets are
};

template <class Plan, class Model, class Loss, class... Others>
class training_step {
    using policy = typename Model::policy;
    using machine = typename policy::machine;
    using number = typename Model::number;
    static constexpr const auto& data = Plan::data;
    static constexpr int most_in_flight = machine::template training<policy>::step_memory::batches_in_flight;

  public:
    using memory = typename machine::template memory<number>;
    using training = typename machine::template training<policy>;
    using result = batch_result<number>;
    using targets_type = loss_inputs<Loss, policy, number>;
    static constexpr int inputs = Plan::inputs, outputs = Plan::outputs, losses = targets_type::count;
    static constexpr auto input_size = static_cast<int>(data.input.size());
    static constexpr auto target_size = static_cast<int>(data.target.size());
    static constexpr int output_of(int i) { return output_of_loss(data, outputs, i); }
    /// Of an only loss, or the first.
    static constexpr shape loss_output = data.outputs[output_of_loss(data, outputs, 0)].extents;
    static constexpr auto output_size = static_cast<int>(loss_output.size());
    static constexpr int positions = loss_output.positions(), classes = loss_output.channels();

    /// `moves_statistics`: whether there is something to bring back where a batch fails.
    [[gnu::cold, gnu::noinline]] training_step(Model& net, const Loss& loss, bool moves_statistics)
        : net_(net), machine_(net.policy_instance()), state_(net.policy_instance()),
          targets_(net.policy_instance(), loss, target_infos<Plan, losses>.all, most_in_flight),
          gradients_(allocated(data.sizes.parameters)),
          statistics_(allocated(moves_statistics ? data.sizes.buffers : 0)),
          batch_(net.policy_instance(),
                 batch_sizes{{data.inputs, inputs},
                             {data.outputs, outputs},
                             static_cast<int>(sizeof(number)),
                             &arena_bytes,
                             Plan::most_samples},
                 most_in_flight) {
        if constexpr (losses == 1)
            known_ = class_numbers::of(losses_of<Loss>::get(loss, std::integral_constant<int, 0>{}), classes);
        if constexpr (losses == 1 && reads_classes<first_loss<Loss>>) expect_classes<0>(positions != 1);
    }

    /// The model, wherever it has moved to. Errors   error where it was destroyed
    [[nodiscard]] Model& net() const { return *net_; }
    [[nodiscard]] training& on() noexcept { return machine_; }
    [[nodiscard]] memory allocated(long long elements) const {
        return machine::template allocate<number>(net_->policy_instance(), elements);
    }

    // ---- batches ------------------------------------------------------------------------------------------------

    /// Memory for batches of up to n samples, of any of the plans: what comes after allocates nothing. Batches that an
    /// exception has left in flight are forgotten.
    void reserve(int n) {
        const auto& p = net_->policy_instance(); // first of all: it says so where the model is gone
        if (in_flight_ > 0) forget();
        batch_.reserve(p, n, scratch * machine_.threads() * static_cast<long long>(sizeof(number)), targets_.each());
        targets_.reserve(p, batch_.reserved());
    }
    /// Does a batch of n fit, in reserved or free memory?
    [[nodiscard]] bool fits(int n) const { return batch_.fits(net_->policy_instance(), n, targets_.each()); }
    [[nodiscard]] int reserved() const noexcept { return batch_.reserved(); }
    /// Places of the next batch's samples, by input, and targets, by loss; of its weights (none: all count alike); and
    /// of the last one's outputs.
    [[nodiscard]] std::byte* input(int port) noexcept { return batch_.input(port).slot(next_slot()); }
    template <int Which = 0>
    [[nodiscard]] std::byte* target() noexcept {
        return targets_.template get<Which>().slot(next_slot());
    }
    [[nodiscard]] number* inputs_of_one() noexcept { return reinterpret_cast<number*>(input(0)); }
    [[nodiscard]] number* targets_of_one() noexcept { return reinterpret_cast<number*>(target()); }
    /// A caller's class numbers of the next batch, whose samples are there: what is negative, what the loss ignores,
    /// and what is behind a sample's end is −1 from here on.
    /// Errors   shape_error for a class that the network does not have
    void take_classes(std::span<const std::int32_t> given) {
        auto* const to = reinterpret_cast<std::int32_t*>(target());
        constexpr auto each = static_cast<std::size_t>(positions);
        for (std::size_t i = 0; i < given.size(); ++i) to[i] = known_.taken(given[i], i / each);
        ignore_behind_ends(given.size() / each, true, std::int32_t{-1}, to);
    }
    /// A caller's numbers. Where the loss ignores some, it ignores those behind a sample's end.
    void take_numbers(std::span<const number> given) {
        std::copy(given.begin(), given.end(), targets_of_one());
        if constexpr (ignores_numbers<first_loss<Loss>>)
            ignore_behind_ends(given.size() / static_cast<std::size_t>(target_size), false,
                               static_cast<number>(first_loss<Loss>::ignored_target), targets_of_one());
    }
    /// Which of the two the batches to come have. (Batches of the other kind in flight are forgotten.)
    template <int Which = 0>
    void expect_classes(bool of_classes) {
        auto& targets = targets_.template get<Which>();
        if (targets.of_classes() == of_classes) return;
        if (!of_classes && data.outputs[output_of(Which)].extents.positions() != 1) refuse_numbers_at_positions();
        if (in_flight_ > 0) forget();
        targets.expect_classes(net_->policy_instance(), of_classes);
    }
    [[nodiscard]] std::vector<double>& sample_weights() noexcept { return targets_.sample_weights(); }
    [[nodiscard]] const number* outputs_of_one() const noexcept { return batch_.template output<number>(0, slot_); }
    /// Of a batch that was collected.
    [[nodiscard]] const number* output(int port, const result& of) const noexcept {
        return batch_.template output<number>(port, of.slot);
    }
    template <int Which>
    [[nodiscard]] given_targets<number> given(const result& of) const noexcept {
        return targets_.template get<Which>().given(of.slot);
    }

    /// The batch's samples and the model go to the machine, for a run of the plan P.
    template <class P = Plan>
    void begin(int batch) {
        begin(batch, P::chunk, P::data.sizes);
    }
    /// A const model's numbers are read, and never written: its plan has neither statistics to move nor gradients of
    /// parameters.
    void follow_model() {
        frame_.set(storage::parameter, const_cast<number*>(net_->parameter_memory().data()));
        frame_.set(storage::buffer, const_cast<number*>(net_->buffer_memory().data()));
    }
    /// The batch's targets, or the gradient of its outputs.
    [[gnu::cold, gnu::noinline]] void upload_targets() { targets_.upload(net_->policy_instance(), frame_, slot_); }
    /// All steps of the plan P, or those in [first, last).
    template <class P = Plan>
    void run(int first = 0, int last = P::steps) {
        machine_.template run<P>(frame_, first, last);
    }
    void download_outputs() { batch_.download_outputs(frame_.batch, slot_); }
    /// Returns when everything has run.
    void wait() { static_cast<void>(state_.read()); }
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
        end(data.loss, true);
    }
    /// The batch's mean loss by another plan, that of an evaluation.
    template <class P>
    void evaluate(int batch) {
        begin<P>(batch);
        upload_targets();
        run<P>();
        end(P::data.loss, false);
    }
    /// Calls take(result) for each batch that has arrived, or awaits all of them, and what came after the last.
    /// Raises the error of what was not finite; `hint` gives what the optimiser knows of parameters that are not.
    template <class Take, class Hint>
    void collect(const Take& take, bool waits, const Hint& hint) {
        for (result next; next_arrived(next, waits, hint);) take(next);
        if (!waits) return;
        state_.read();
        require_finite(hint);
    }
    /// What the batch that was begun last counts beside others.
    [[nodiscard]] double counted() const noexcept { return flights_[slot_].weight; }
    /// Samples of the batches in flight.
    [[nodiscard]] std::int64_t samples_in_flight() const noexcept {
        std::int64_t samples = 0;
        for (int i = 0; i < in_flight_; ++i) samples += flights_[(oldest_ + i) % most_in_flight].run.batch;
        return samples;
    }
    /// Raises the error of what was not finite, if it is known.
    template <class Hint>
    [[gnu::cold, gnu::noinline]] void require_finite(const Hint& hint) {
        if (state_.known().found != not_finite::nothing) give_up(state_.known(), hint(), nullptr, 0);
    }

    [[nodiscard]] memory& gradients() noexcept { return gradients_; }
    [[nodiscard]] const memory& gradients() const noexcept { return gradients_; }

    // ---- what may stand between a gradient and its update -------------------------------------------------------

    /// Adds the gradient, weighted, to a sum that the first one begins; `take_sum` makes the sum, times a factor, the
    /// gradient.
    void add_to_sum(double weight, bool first) {
        if (sum_.size() == 0) sum_ = allocated(gradients_.size());
        blend_in(first ? 0 : 1, weight, gradients_, sum_);
    }
    void take_sum(double factor) {
        if (factor == 1) machine_.copy(sum_.data(), sum_.size(), gradients_.data());
        else blend_in(0, factor, sum_, gradients_);
    }
    /// Scales the gradient down to a Euclidean norm of at most `most` over all parameters.
    void limit_norm(double most) { machine_.limit_norm(state_, most, gradients_.data(), gradients_.size()); }
    /// Keeps each element of the gradient in [−most, most].
    void limit_elements(double most) { blend_in(1, 0, gradients_, gradients_, most); }

    // ---- the update ---------------------------------------------------------------------------------------------

    [[nodiscard]] const step_state& state() const noexcept { return state_.known(); }
    [[nodiscard]] std::int64_t steps() const noexcept { return state_.steps(); }
    /// Goes on from there, whatever is in flight.
    void set_steps(std::int64_t steps) {
        forget();
        state_.write({.step = steps});
    }
    /// A step without an update, by an optimiser elsewhere: random layers draw other numbers in the next.
    void advance() { machine_.advance(state_, 1); }
    /// One step of the optimiser, at a factor of its rate; `slots` are its numbers for all trainable runs.
    template <class Optimizer, class Groups>
    void update(const Optimizer& optimizer, const Groups& groups, double rate_factor, memory& all_slots) {
        constexpr const auto& runs = trainable_runs<Plan>;
        update_parts<Plan>(machine_, state_, step_rule<Optimizer, Groups>{optimizer, groups, rate_factor}, runs,
                           gradients_.data(), net_->parameter_memory().data(), all_slots.data(), runs.elements(),
                           [](long long offset) { return runs.place(offset); });
        if (data.sizes.buffers > 0 && state_.known().found == not_finite::nothing)
            machine_.check_finite(state_, not_finite::model, net_->buffer_memory().data(), 0, data.sizes.buffers);
    }

    /// Moves a running average of the parameters (see parameter_average.hpp).
    template <class Average>
    void average(Average& average, double decay) {
        average.move(machine_, state_, net_->parameter_memory(), trainable_runs<Plan>, decay);
    }

    /// Bytes of the gradients and the values of a step over `batch` samples, on one thread.
    [[nodiscard]] static constexpr long long bytes(int batch) {
        return (machine::template scratch<Plan, policy, number> + data.sizes.parameters)
                   * static_cast<long long>(sizeof(number))
               + Plan::arena_bytes(batch);
    }

  private:
    /// A batch that runs, and what its loss counts.
    struct flight {
        frame<number> run{};
        bool trains = false;
        double weight = 0;
    };
    /// Numbers of a thread; and bytes of the arena without it: the most that one of the plans takes.
    static constexpr long long scratch = std::max(
        {machine::template scratch<Plan, policy, number>, machine::template scratch<Others, policy, number>...});
    static constexpr long long arena_bytes(int n) {
        return std::max({Plan::arena_bytes(n), Others::arena_bytes(n)...});
    }

    void blend_in(double keep, double take, const memory& from, memory& to,
                  double bound = std::numeric_limits<double>::infinity()) {
        machine_.for_elements(to.size(), blend<number>{static_cast<number>(keep), static_cast<number>(take),
                                                       from.data(), to.data(), static_cast<number>(bound)});
    }

    template <class Hint>
    [[gnu::cold, gnu::noinline]] bool next_arrived(result& next, bool waits, const Hint& hint) {
        if (in_flight_ == 0 || !(waits || in_flight_ == most_in_flight || state_.arrived(oldest_))) return false;
        const step_state& then = state_.posted(oldest_);
        const int slot = oldest_;
        const flight& f = flights_[slot];
        if (f.trains && then.found != not_finite::nothing) give_up(then, hint(), &f, slot);
        oldest_ = (oldest_ + 1) % most_in_flight, --in_flight_;
        next = {f.run.batch, then.loss, f.weight, slot};
        return true;
    }
    /// Of a caller's batch of one input.
    template <class T>
    void ignore_behind_ends(std::size_t samples, bool of_classes, T mark, T* to) {
        if constexpr (inputs == 1 && data.outputs[output_of(0)].padded_like == 0) {
            const auto* tokens = reinterpret_cast<const std::int32_t*>(input(0));
            for (std::size_t n = 0; n < samples; ++n, tokens += positions, to += of_classes ? positions : target_size)
                ignore_from(static_cast<std::size_t>(core::sample_length(tokens, positions, data.inputs[0].padding)),
                            loss_output, of_classes, mark, to);
        }
    }
    [[nodiscard]] int next_slot() const noexcept { return (oldest_ + in_flight_) % most_in_flight; }

    /// The rest of begin and end: once for all plans, and for size, as they run once a batch.
    [[gnu::cold, gnu::noinline]] void begin(int batch, int chunk, const block_sizes& sizes) {
        slot_ = next_slot();
        frame_.batch = batch;
        frame_.chunk_size = chunk;
        frame_.chunks = (batch + chunk - 1) / chunk;
        frame_.random = {net_->initial_seed().value, static_cast<std::uint64_t>(state_.steps()), state_.counter()};
        frame_.losses = nullptr;
        batch_.upload_inputs(frame_, slot_);
        batch_.give_output_slots(frame_, slot_);
        frame_.set(storage::gradient, gradients_.data());
        frame_.set_arena(batch_.arena(), sizes, scratch, machine_.threads());
        follow_model();
    }
    /// A run is over: its loss and outputs are on their way.
    [[gnu::cold, gnu::noinline]] void end(const operand& loss, bool trains) {
        machine_.take_loss(state_, frame_.address(loss), trains);
        download_outputs();
        state_.post(slot_);
        flights_[slot_] = {frame_, trains,
                           trains ? targets_.counted(slot_, frame_.batch) : targets_.weight(slot_, frame_.batch)};
        ++in_flight_;
    }
    void restore_statistics() {
        if constexpr (!std::is_const_v<Model>)
            machine_.copy(statistics_.data(), statistics_.size(), net_->buffer_memory().data());
    }
    /// What happened to the batches in flight is not asked for.
    [[gnu::cold, gnu::noinline]] void forget() {
        recover(state_.read());
        in_flight_ = 0;
    }
    /// Steps can go on from this state. A step that was skipped has left no trace.
    not_finite recover(step_state s) {
        const not_finite found = s.found;
        if (found == not_finite::loss || found == not_finite::gradient) restore_statistics();
        s.found = not_finite::nothing, s.place = -1;
        state_.write(s);
        return found;
    }
    /// Raises the error that names what was not finite. Where the step can be skipped, the model is as it was before
    /// it, running statistics included. The batch whose loss broke is known, and repeated.
    [[gnu::cold, gnu::noinline]] void give_up(const step_state then, const std::string& hint, const flight* of,
                                              int slot) {
        wait(); // for steps behind it, which change nothing that matters
        const not_finite found = recover(then);
        in_flight_ = 0;
        if (found == not_finite::model) explain_parameters(machine_, *net_, then.step, hint);
        if (found == not_finite::gradient)
            explain_gradient<Model>(machine_, gradients_.data(), gradients_.size(), then);
        if (found != not_finite::loss || of == nullptr) return;
        frame_ = of->run;
        batch_.upload_inputs(frame_, slot);
        targets_.upload_again(frame_, slot);
        try {
            explain_loss<Plan>(frame_, then.step + 1, machine_, hint);
        } catch (...) {
            restore_statistics(); // what was repeated has moved them again
            throw;
        }
    }

    follower<Model> net_;
    training machine_;
    typename training::step_memory state_;
    targets_type targets_;
    memory gradients_, statistics_, sum_; ///< `statistics_`: the model's buffers before the step
    batch_memory<policy> batch_;
    class_numbers known_{};
    frame<number> frame_; ///< of the run that was begun last, in this slot
    int slot_ = 0;
    flight flights_[unsigned(most_in_flight)]{};
    int oldest_ = 0, in_flight_ = 0;
};

} // namespace strata::inline STRATA_ABI::detail
