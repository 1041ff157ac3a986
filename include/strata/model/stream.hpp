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
/// the program ends with a sentence). A copy continues from the same state by itself.
#include <strata/model/model.hpp>
#include <strata/model/stream_mistakes.hpp>

#include <cstdint>

namespace strata::inline STRATA_ABI {

template <class Model, int Hop>
class stream {
    using policy = typename Model::policy;
    using machine = typename Model::machine;

  public:
    using number = typename Model::number;
    /// What input and output consist of: the model's numbers, or std::int32_t for tokens.
    using input_number = typename Model::input_number;
    using output_number = typename Model::output_number;
    using stream_plan =
        core::plan<typename Model::network,
                   core::request{.hop = Hop, .target = policy::template numbers<typename Model::number>()}>;
    static constexpr int input_size = static_cast<int>(stream_plan::data.input.size());
    static constexpr int output_size = static_cast<int>(stream_plan::data.output.size());

    /// Errors   error where there is no memory for it
    explicit stream(const Model& net)
        : net_(net), space_(net.policy_instance(), space_bytes, input_bytes, output_bytes, 1),
          state_(machine::template allocate<number>(net.policy_instance(), stream_plan::data.sizes.states)) {
        static_assert(shares_parameters(), "strata: the plan of a stream stores parameters in other places.");
    }

    /// The next time: `in` input_size numbers, `out` output_size. They do not overlap.
    template <class In, class Out>
    void step(const In& in, Out&& out) noexcept {
        using results = std::remove_reference_t<Out>;
        constexpr auto in_extent = detail::given_extent<In, input_size>,
                       out_extent = detail::given_extent<std::remove_const_t<results>, output_size>;
        constexpr bool is_static = in_extent != std::dynamic_extent && out_extent != std::dynamic_extent;
        using read = std::remove_cv_t<std::remove_pointer_t<decltype(detail::first_of(in))>>;
        using written = std::remove_pointer_t<decltype(detail::first_of(out))>;
        if constexpr (!std::is_same_v<read, input_number>) {
            [[maybe_unused]] const detail::explained_numbers<In, input_number> said_once;
        } else if constexpr (!std::is_same_v<written, output_number> && !std::is_const_v<written>) {
            [[maybe_unused]] const detail::explained_numbers<std::remove_cvref_t<Out>, output_number> said_once;
        } else if constexpr (in_extent == std::size_t(input_size) && out_extent == std::size_t(output_size)) {
            run(detail::first_of(in), detail::first_of(out));
        } else {
            [[maybe_unused]] const detail::reported_here<
                detail::step_source<typename Model::network, Hop, is_static ? static_cast<long long>(in_extent) : 0,
                                    is_static ? static_cast<long long>(out_extent) : 0, is_static>> wrong_extents{};
        }
    }
    /// The same of one number, where the network takes and gives one.
    [[nodiscard]] output_number step(input_number x) noexcept
        requires(input_size == 1 && output_size == 1)
    {
        output_number y;
        run(&x, &y);
        return y;
    }

    /// Forgets all earlier times.
    void reset() noexcept {
        state_.clear();
        steps_ = 0;
    }

    /// The steps since the beginning, or since the last reset.
    [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
    /// The memory of its state, and of what is between its input and output.
    [[nodiscard]] std::size_t bytes() const noexcept { return space_.bytes() + state_.bytes(); }

  private:
    using machine_space = typename Model::workspace_type;
    static constexpr long long scratch = machine::template scratch<stream_plan, policy, number>;
    static constexpr long long input_bytes[] = {input_size * static_cast<long long>(sizeof(input_number))},
                               output_bytes[] = {output_size * static_cast<long long>(sizeof(output_number))};
    static constexpr long long space_bytes =
        scratch * static_cast<long long>(sizeof(number)) + stream_plan::arena_bytes(1);

    /// Does the plan find the model's parameters where the model has them?
    static constexpr bool shares_parameters() {
        const auto& whole = Model::inference_plan::data;
        int at = 0;
        for (int i = 0; i < stream_plan::parameters; ++i) {
            const parameter_info& p = stream_plan::data.parameters[i];
            if (p.where == core::storage::state) continue;
            const parameter_info& q = whole.parameters[at++];
            if (p.where != q.where || p.offset != q.offset || p.format != q.format || p.groups != q.groups
                || p.lanes != q.lanes || p.elements != q.elements)
                return false;
        }
        return at == Model::inference_plan::parameters;
    }

    [[gnu::always_inline]] void run(const input_number* in, output_number* out) noexcept {
        const Model& net = *net_;
        core::frame<number> f;
        f.batch = 1, f.chunks = 1;
        f.chunk_size = stream_plan::chunk;
        f.steps = steps_++;
        f.set(core::storage::input, space_.samples(0).upload(reinterpret_cast<const std::byte*>(in), *input_bytes));
        f.set(core::storage::output, space_.results(0).slot(reinterpret_cast<std::byte*>(out)));
        f.set(core::storage::parameter, net.parameter_memory().data());
        f.set(core::storage::buffer, net.buffer_memory().data());
        f.set(core::storage::state, state_.data());
        f.set_arena(space_.arena(), stream_plan::data.sizes, scratch);
        space_.machine().template run<stream_plan, policy>(f);
        space_.results(0).download(reinterpret_cast<std::byte*>(out), *output_bytes);
    }

    detail::follower<const Model> net_;
    machine_space space_;
    typename machine::template memory<number> state_;
    std::uint64_t steps_ = 0;
};

namespace detail {

/// The stream of a network that has none: the error is reported, and the rest stays silent.
template <class Number>
struct silent_stream {
    static constexpr int input_size = 1, output_size = 1;
    template <class In, class Out>
    void step(const In&, Out&&) noexcept {}
    [[nodiscard]] Number step(Number x) noexcept { return x; }
    void reset() noexcept {}
    [[nodiscard]] std::uint64_t steps() const noexcept { return 0; }
    [[nodiscard]] std::size_t bytes() const noexcept { return 0; }
};

/// What net.stream<Hop>() does.
template <class Model, int Hop>
struct streaming {
    static auto of(const Model& net) {
        using network = typename Model::network;
        if constexpr (Model::several_ports) {
            [[maybe_unused]] const one_port<network, "net.stream()"> said_once{};
            return silent_stream<typename Model::number>();
        } else if constexpr (can_run_in_steps<network, Hop>) {
            return stream<Model, Hop>(net);
        } else {
            [[maybe_unused]] const reported_here<stream_source<network, Hop>> said_once{};
            return silent_stream<typename Model::number>();
        }
    }
};

} // namespace detail

} // namespace strata::inline STRATA_ABI
