#pragma once
/// stream_step<Model, Hop> — one step of a stream: a model's parameters, a workspace of the thread and a state of the
/// signal.
#include <strata/model/calls/call_mistakes.hpp>
#include <strata/model/stream_mistakes.hpp>
#include <strata/model/stream_state.hpp>

#include <cstdio>
#include <cstdlib>

namespace strata::inline STRATA_ABI::detail {

template <class Model, int Hop>
class stream_step {
    using policy = typename Model::policy;
    using machine = typename Model::machine;
    using number = typename Model::number;
    using input_number = typename Model::input_number;
    using output_number = typename Model::output_number;

  public:
    using state_type = stream_state<Model, Hop>;
    using plan = typename state_type::stream_plan;
    using workspace_type = typename Model::workspace_type;
    static constexpr int input_size = static_cast<int>(plan::data.input.size());
    static constexpr int output_size = static_cast<int>(plan::data.output.size());

    static workspace_type make_workspace(const Model& net) {
        static_assert(shares_parameters(), "strata: the plan of a stream stores parameters in other places.");
        return {net.policy_instance(), space_bytes, input_bytes, output_bytes, 1};
    }
    /// Ends the program with a sentence where the workspace is too small for a step; `step` may not throw.
    static void require(const workspace_type& space) noexcept {
        if (static_cast<long long>(space.bytes()) < space_bytes || !space.holds(*input_bytes, *output_bytes))
            refuse(space);
    }

    /// `in` input_size numbers, `out` output_size. They do not overlap.
    template <class In, class Out>
    [[gnu::always_inline]] static void step(const Model& net, const In& in, Out& out, workspace_type& space,
                                            state_type& state) noexcept {
        constexpr auto in_extent = given_extent<In, input_size>,
                       out_extent = given_extent<std::remove_const_t<Out>, output_size>;
        constexpr bool is_static = in_extent != std::dynamic_extent && out_extent != std::dynamic_extent;
        using read = std::remove_cv_t<std::remove_pointer_t<decltype(first_of(in))>>;
        using written = std::remove_pointer_t<decltype(first_of(out))>;
        if constexpr (!std::is_same_v<read, input_number>) {
            [[maybe_unused]] const explained_numbers<In, input_number> said_once;
        } else if constexpr (!std::is_same_v<written, output_number> && !std::is_const_v<written>) {
            [[maybe_unused]] const explained_numbers<std::remove_cvref_t<Out>, output_number> said_once;
        } else if constexpr (in_extent == std::size_t(input_size) && out_extent == std::size_t(output_size)) {
            run(net, first_of(in), first_of(out), space, state);
        } else {
            [[maybe_unused]] const reported_here<
                step_source<typename Model::network, Hop, is_static ? static_cast<long long>(in_extent) : 0,
                            is_static ? static_cast<long long>(out_extent) : 0, is_static>> wrong_extents{};
        }
    }

    [[gnu::always_inline]] static void run(const Model& net, const input_number* in, output_number* out,
                                           workspace_type& space, state_type& state) noexcept {
        core::frame<number> f;
        f.batch = 1, f.chunks = 1;
        f.chunk_size = plan::chunk;
        f.steps = state.steps_++;
        f.set(core::storage::input, space.samples(0).upload(reinterpret_cast<const std::byte*>(in), *input_bytes));
        f.set(core::storage::output, space.results(0).slot(reinterpret_cast<std::byte*>(out)));
        f.set(core::storage::parameter, net.parameter_memory().data());
        f.set(core::storage::buffer, net.buffer_memory().data());
        f.set(core::storage::state, state.past_.data());
        f.set_arena(space.arena(), plan::data.sizes, scratch);
        space.machine().template run<plan, policy>(f);
        space.results(0).download(reinterpret_cast<std::byte*>(out), *output_bytes);
    }

  private:
    static constexpr long long scratch = machine::template scratch<plan, policy, number>;
    // With their extents: nvcc does not know them yet above.
    static constexpr long long input_bytes[1] = {input_size * static_cast<long long>(sizeof(input_number))},
                               output_bytes[1] = {output_size * static_cast<long long>(sizeof(output_number))};
    static constexpr long long space_bytes = scratch * static_cast<long long>(sizeof(number)) + plan::arena_bytes(1);

    [[noreturn, gnu::cold, gnu::noinline]] static void refuse(const workspace_type& space) noexcept {
        std::fprintf(
            stderr,
            "strata: a step of a stream was given a workspace of %lld bytes, but needs %lld bytes and room for "
            "its input and output. Make it with net.make_workspace(state).\n",
            static_cast<long long>(space.bytes()), space_bytes);
        std::abort();
    }
    /// Does the plan find the model's parameters where the model has them?
    static constexpr bool shares_parameters() {
        const auto& whole = Model::inference_plan::data;
        int at = 0;
        for (int i = 0; i < plan::parameters; ++i) {
            const parameter_info& p = plan::data.parameters[i];
            if (p.where == core::storage::state) continue;
            const parameter_info& q = whole.parameters[at++];
            if (p.where != q.where || p.offset != q.offset || p.format != q.format || p.groups != q.groups
                || p.lanes != q.lanes || p.elements != q.elements)
                return false;
        }
        return at == Model::inference_plan::parameters;
    }
};

} // namespace strata::inline STRATA_ABI::detail
