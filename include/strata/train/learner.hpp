#pragma once
/// learner — trains one model: brings a data set's batches to the machine's training_step, and has the optimiser's
/// rule and numbers. `trainer` is its door; fit and evaluate stand on it.
#include <strata/base/needs_exceptions.hpp>
#include <strata/data/data_set.hpp>
#include <strata/train/batches/batch_layout.hpp>
#include <strata/train/batches/data_check.hpp>
#include <strata/train/fit/first_error.hpp>
#include <strata/train/parameters/leaves_something_to_train.hpp>
#include <strata/train/parameters/no_groups.hpp>
#include <strata/train/parameters/nothing_frozen.hpp>
#include <strata/train/parameters/parameter_average.hpp>
#include <strata/train/training_step.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

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
    using step_type = typename machine::template training_step<training_plan, Model, Loss, evaluation_plan>;

    static constexpr leaves_something_to_train<std::is_same_v<Frozen, nothing_frozen>
                                               || core::trainable_runs<training_plan>.size() != 0>
        something_is_left{};
    /// Numbers in a slot of the optimiser's state: those that are trained, padding included.
    static constexpr long long state_size = core::trainable_runs<training_plan>.elements();

    using layout = batch_layout<training_plan, step_type, Loss, number>;
    static constexpr int blocks = layout::blocks;
    static constexpr auto sample_size = static_cast<std::size_t>(training_plan::data.input.size());
    static constexpr auto target_size = static_cast<std::size_t>(training_plan::data.target.size());
    static constexpr auto output_size = static_cast<std::size_t>(step_type::output_size);
    static constexpr shape output = step_type::loss_output;                        ///< that an only loss is on
    static constexpr int classes = output.channels() == 1 ? 2 : output.channels(); ///< where targets are class numbers

    [[gnu::cold, gnu::noinline]] learner(Model& net, const Loss& loss, const Optimizer& optimizer,
                                         const Groups& groups = Groups())
        : step_(net, loss, true), optimizer_(optimizer), groups_(groups),
          slots_(step_.allocated(state_size * Optimizer::states)) {
        optimizer_.check();
        groups_.check(optimizer_);
        each_loss([&]<int Which>(std::integral_constant<int, Which> i) {
            const auto& of = losses_of<Loss>::get(loss, i);
            step_.template expect_classes<Which>(reads_classes<std::remove_cvref_t<decltype(of)>>);
            known_[Which] =
                class_numbers::of(of, training_plan::data.outputs[step_type::output_of(Which)].extents.channels());
        });
    }

    // ---- batches ------------------------------------------------------------------------------------------------

    /// Memory for batches of up to n samples, of either plan; and whether a batch fits, in reserved or free memory.
    void reserve(int n) { step_.reserve(n); }
    [[nodiscard]] bool fits(int n) const { return step_.fits(n); }
    [[nodiscard]] int reserved() const noexcept { return step_.reserved(); }
    /// Places of the next batch's blocks (see batch_layout) and weights (none: all count alike).
    [[nodiscard]] std::byte* block(int b) noexcept {
        std::byte* to = b < layout::inputs ? step_.input(b) : nullptr;
        each_loss([&]<int Which>(std::integral_constant<int, Which>) {
            if (b == layout::inputs + Which) to = step_.template target<Which>();
        });
        return to;
    }
    [[nodiscard]] std::vector<double>& sample_weights() noexcept { return step_.sample_weights(); }
    [[nodiscard]] number* inputs() noexcept { return step_.inputs_of_one(); }
    void take_numbers(std::span<const number> given) { step_.take_numbers(given); }
    void take_classes(std::span<const std::int32_t> given) { step_.take_classes(given); }
    void expect_classes(bool of_classes) { step_.expect_classes(of_classes); }
    /// The batches to come are of such a data set.
    template <class Data>
    void expect() {
        each_loss([&]<int Which>(std::integral_constant<int, Which>) {
            step_.template expect_classes<Which>(layout::template holds_classes<Data, Which>);
        });
    }

    /// Raises a shape_error where a data set does not fit the network and the loss; `which` names it.
    template <class Data>
    static void check(const Data& data, const char* which) {
        if constexpr (data::ported<Data, number>)
            check_ports(data.ports(), data.size(), port_facts_of<layout, Data>(), which);
        else {
            static_assert(
                blocks == 2,
                "strata: this network has several inputs or losses, so its data set must have a part for each: "
                "ports() and read(i, key, const data::parts<float>&), see data/ports.hpp.");
            if constexpr (reads_classes<Loss> && !layout::template holds_classes<Data> && output.positions() != 1)
                refuse_numbers_at_positions();
            check_data<Loss, output.positions() != 1>(data, taken, which);
        }
    }

    /// Reads the n samples behind the first `from` of an order (null: as they are stored), their targets and weights,
    /// chunk by chunk on the threads, as the model's numbers.
    template <class Data>
    void gather(const Data& data, const std::size_t* order, std::int64_t from, int n, std::uint64_t pass) {
        constexpr int chunk = numbers.chunk;
        const data::key random{net().initial_seed().value, pass};
        std::vector<double>& weights = sample_weights();
        weights.resize(data::has_weights(data) ? static_cast<std::size_t>(n) : 0);
        expect<Data>();
        std::byte* begin[unsigned(blocks)];
        for (int b = 0; b < blocks; ++b) begin[b] = block(b);
        first_error error; // a data set may throw, a task must not
        step_.on().for_each((n + chunk - 1) / chunk, [&](int task) {
            try {
                for (int i = task * chunk; i < n && i < (task + 1) * chunk; ++i) {
                    const auto to = static_cast<std::size_t>(i), place = static_cast<std::size_t>(from + i);
                    const std::size_t sample = order == nullptr ? place : order[place];
                    std::byte* places[unsigned(blocks)];
                    for (int b = 0; b < blocks; ++b) places[b] = begin[b] + to * layout::template bytes<Data>(b);
                    read(data, sample, random, places);
                    if (!weights.empty()) weights[to] = weight_of(data, sample);
                }
            } catch (...) {
                error.keep();
            }
        });
        error.rethrow();
    }
    /// Sample `from` of the data and its targets, to a place in each block.
    template <class Data>
    void read(const Data& data, std::size_t from, const data::key& random, std::byte* const* to) const {
        layout::read(data, from, random, known_, to);
    }
    /// Adds a batch that was collected to metrics.
    template <class Metrics>
    [[gnu::noinline]] void measure(Metrics& metrics, const typename step_type::result& of) {
        each_loss([&]<int Which>(std::integral_constant<int, Which>) {
            constexpr int port = step_type::output_of(Which);
            const auto targets = step_.template given<Which>(of);
            metrics.template add_of<layout::losses == 1>(training_plan::data.outputs[port].name, step_.output(port, of),
                                                         targets, of.samples,
                                                         training_plan::data.outputs[port].extents);
        });
    }

    // ---- steps --------------------------------------------------------------------------------------------------

    /// Takes the gradients of the batch's mean loss. `begins_step`: it is the first that goes into the next update.
    void differentiate(int batch, bool begins_step = true) { step_.differentiate(batch, begins_step); }
    /// The batch's mean loss in inference mode.
    void evaluate(int batch) { step_.template evaluate<evaluation_plan>(batch); }
    /// Calls take(batch_result) for each batch that has arrived, or for all. Raises the error that names what broke
    /// where a loss of training is not finite.
    template <class Take>
    void collect(const Take& take, bool waits = false) {
        step_.collect(take, waits, hint());
    }
    /// What the batch that was begun last counts beside others: its samples, or the part of them that counts.
    [[nodiscard]] double counted() const noexcept { return step_.counted(); }
    [[nodiscard]] std::int64_t samples_in_flight() const noexcept { return step_.samples_in_flight(); }
    /// One step of the optimiser, at a factor of its rate. Errors   not_finite_error, naming step and parameter, for a
    /// gradient that is not finite, before anything has changed, and for a step that leaves the model so
    void update(double rate_factor) {
        step_.update(optimizer_, groups_, rate_factor, slots_);
        step_.require_finite(hint());
    }

    // ---- what may stand between a gradient and its step ---------------------------------------------------------

    /// Adds the gradient, weighted, to a sum that the first one begins; `take_sum` makes the sum, times a factor, the
    /// gradient.
    void add_to_sum(double weight, bool first) { step_.add_to_sum(weight, first); }
    void take_sum(double factor) { step_.take_sum(factor); }
    /// Scales the gradient down to a Euclidean norm of at most `most` over all parameters.
    void clip_norm(double most) {
        step_.limit_norm(most);
        step_.require_finite(hint());
    }
    /// The norm it had, of the last step; 0 without such a limit.
    [[nodiscard]] double gradient_norm() const noexcept { return step_.state().gradient_norm; }
    /// Keeps each element of the gradient in [−most, most].
    void clip_value(double most) { step_.limit_elements(most); }

    /// Moves the running average of the parameters.
    void average_parameters(double decay) { step_.average(average_, decay); }
    [[nodiscard]] bool has_average() const noexcept { return !average_.empty(); }
    /// The average; made, of the parameters as they are, if there is none.
    [[nodiscard]] memory& average() { return average_.numbers(net().parameter_memory()); }

    // ---- state --------------------------------------------------------------------------------------------------

    /// The model, wherever it has moved to. Errors   error where it was destroyed
    [[nodiscard]] Model& net() const { return step_.net(); }
    /// How checkpoints tell optimisers apart.
    static constexpr std::string_view optimiser_words() {
        if constexpr (requires { Optimizer::name; }) return Optimizer::name;
        else
            return states == 0 ? "of no state" : states == 1 ? "of one state a parameter" : "of two states a parameter";
    }
    [[nodiscard]] const Optimizer& optimizer() const noexcept { return optimizer_; }
    [[nodiscard]] const Groups& groups() const noexcept { return groups_; }
    [[nodiscard]] memory& gradients() noexcept { return step_.gradients(); }
    [[nodiscard]] const memory& gradients() const noexcept { return step_.gradients(); }
    /// The optimiser's slots one after the other, each with the numbers of the trainable runs (see trainable_runs).
    [[nodiscard]] memory& state() noexcept { return slots_; }
    [[nodiscard]] std::int64_t steps() const noexcept { return step_.steps(); }
    void set_steps(std::int64_t steps) { step_.set_steps(steps); }
    /// The rate at that factor.
    [[nodiscard]] double rate(double factor) const {
        Optimizer now = optimizer_;
        now.rate *= factor;
        return static_cast<double>(now.rate);
    }

    /// Bytes of the optimiser's state.
    [[nodiscard]] static constexpr long long optimiser_bytes() {
        return state_size * Optimizer::states * static_cast<long long>(sizeof(number));
    }
    /// Bytes of the gradients, the optimiser's state and the values of a step over `batch` samples, on one thread.
    [[nodiscard]] static constexpr long long bytes(int batch) { return step_type::bytes(batch) + optimiser_bytes(); }

  private:
    /// What the optimiser knows of parameters that are not finite.
    [[nodiscard]] auto hint() const noexcept {
        return [&] {
            if constexpr (requires { optimizer_.why_not_finite(); }) return optimizer_.why_not_finite();
            else return std::string();
        };
    }

    static constexpr taken_data taken{training_plan::data.input, training_plan::data.target, output, classes};
    template <class Do>
    static void each_loss(const Do& act) {
        [&]<int... Which>(std::integer_sequence<int, Which...>) {
            (act(std::integral_constant<int, Which>{}), ...);
        }(std::make_integer_sequence<int, layout::losses>{});
    }

    step_type step_;
    class_numbers known_[unsigned(layout::losses)]{};
    Optimizer optimizer_;
    [[no_unique_address]] Groups groups_;
    memory slots_;
    parameter_average<memory, number> average_;
};

} // namespace strata::inline STRATA_ABI::detail
