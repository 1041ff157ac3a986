#pragma once
/// stream<Model, Hop> — a model over an endless signal or sequence, one time (or Hop times) per step:
///
///   auto stream = net.stream();               // allocates; a stream for each signal
///   stream.step(x, y);                        // in: C numbers of this time, out: those of the result
///   float y = stream.step(x);                 // where both are one number
///   stream.reset();                           // as new: before the first time there were zeros
///
/// T steps give what the model gives for T times at once, to rounding. A layer keeps the earlier inputs that it needs:
/// a causal conv1d its last D · (Kernel − 1). A network with another layer that looks at several times cannot run in a
/// stream: a compile error that names it (tests/compile_fail/streams/stream_*.cpp). The T of the input has no effect.
/// Hop times per step, net.stream<64>(), take less time than as many steps: x and y are then [C, Hop] as the input is
/// [C, T], of vectors [Hop, D]; of tokens x are Hop integers. Each step's times must be a multiple of every stride.
/// `step` and `reset` neither allocate nor lock nor throw. Streams of one const model may run on many threads at once.
/// A stream uses its model's parameters where they are, and follows a model that moves; the model must outlive it (else
/// the program ends with a sentence). A copy continues from the same state by itself. Where many signals share a model
/// and each thread's memory, keep their states alone: stream_state.hpp.
#include <strata/model/stream_step.hpp>

#include <cstdint>

namespace strata::inline STRATA_ABI {

template <class Model, int Hop>
class stream {
    using one_step = detail::stream_step<Model, Hop>;

  public:
    using number = typename Model::number;
    /// What input and output consist of: the model's numbers, or std::int32_t for tokens.
    using input_number = typename Model::input_number;
    using output_number = typename Model::output_number;
    using stream_plan = typename one_step::plan;
    static constexpr int input_size = one_step::input_size, output_size = one_step::output_size;

    /// Errors   error where there is no memory for it
    explicit stream(const Model& net)
        : net_(net), space_(one_step::make_workspace(net)), state_(net.policy_instance()) {}

    /// The next time: `in` input_size numbers, `out` output_size. They do not overlap.
    template <class In, class Out>
    void step(const In& in, Out&& out) noexcept {
        one_step::step(*net_, in, out, space_, state_);
    }
    /// The same of one number, where the network takes and gives one.
    [[nodiscard]] output_number step(input_number x) noexcept
        requires(input_size == 1 && output_size == 1)
    {
        output_number y;
        one_step::run(*net_, &x, &y, space_, state_);
        return y;
    }

    /// Forgets all earlier times.
    void reset() noexcept { state_.reset(); }

    /// The steps since the beginning, or since the last reset.
    [[nodiscard]] std::uint64_t steps() const noexcept { return state_.steps(); }
    /// The memory of its state, and of what is between its input and output.
    [[nodiscard]] std::size_t bytes() const noexcept { return space_.bytes() + state_.bytes(); }

  private:
    detail::follower<const Model> net_;
    typename Model::workspace_type space_;
    typename one_step::state_type state_;
};

namespace detail {

/// The stream, or the state of one, of a network that has none: the error is reported, and the rest stays silent.
template <class Number>
struct silent_stream {
    static constexpr int input_size = 1, output_size = 1;
    static constexpr bool is_silent = true;
    template <class In, class Out>
    void step(const In&, Out&&) noexcept {}
    [[nodiscard]] Number step(Number x) noexcept { return x; }
    void reset() noexcept {}
    [[nodiscard]] std::uint64_t steps() const noexcept { return 0; }
    [[nodiscard]] std::size_t bytes() const noexcept { return 0; }
};

/// What net.stream<Hop>(), net.make_state<Hop>() and what belongs to a state do.
template <class Model, int Hop>
struct streaming {
    static auto of(const Model& net) { return made<stream<Model, Hop>>(net); }
    static auto make_state(const Model& net) { return made<stream_state<Model, Hop>>(net.policy_instance()); }
    template <class State>
    static auto make_workspace(const Model& net, const State&) {
        if constexpr (requires { State::is_silent; }) return net.make_workspace();
        else if constexpr (is_ours<State>()) return stream_step<Model, Hop>::make_workspace(net);
        else return net.make_workspace();
    }
    template <class In, class Out, class State>
    [[gnu::always_inline]] static void run(const Model& net, const In& in, Out& out,
                                           typename Model::workspace_type& space, State& state) noexcept {
        if constexpr (requires { State::is_silent; }) {
        } else if constexpr (is_ours<State>()) {
            stream_step<Model, Hop>::require(space);
            stream_step<Model, Hop>::step(net, in, out, space, state);
        }
    }

  private:
    template <class Made, class From>
    static auto made(const From& from) {
        using network = typename Model::network;
        if constexpr (Model::several_ports) {
            [[maybe_unused]] const one_port<network, "net.stream()"> said_once{};
            return silent_stream<typename Model::number>();
        } else if constexpr (can_run_in_steps<network, Hop>) {
            return Made(from);
        } else {
            [[maybe_unused]] const reported_here<stream_source<network, Hop>> said_once{};
            return silent_stream<typename Model::number>();
        }
    }
    template <class State>
    static constexpr bool is_ours() {
        constexpr bool is = std::is_same_v<State, stream_state<Model, Hop>>;
        static_assert(is,
                      "strata: this state is of a stream of another model: of another network, precision or policy. "
                      "Use a state that make_state() of a model of this type has made.");
        return is;
    }
};

} // namespace detail

} // namespace strata::inline STRATA_ABI
