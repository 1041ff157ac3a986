#pragma once
/// silent_model — stands for the model of a broken network.
#include <strata/base/random/seed.hpp>
#include <strata/base/silent_call.hpp>
#include <strata/model/adaptor.hpp>
#include <strata/model/calls/silent_results.hpp>
#include <strata/model/files/load_result.hpp>
#include <strata/model/workspace.hpp>
#include <strata/plan/graph.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI {

template <class T>
struct save_options;    // defined elsewhere: #include <strata/files.hpp>
class name_map;         // defined elsewhere: #include <strata/files.hpp>
struct named_parameter; // defined elsewhere: #include <strata/model/named_parameters.hpp>
struct take_report;     // defined elsewhere: #include <strata/files.hpp>

namespace detail {

template <class Number>
struct silent_stream; // defined in <strata/model/stream.hpp>

/// A broken network's model: the error is reported, everything else stays silent. Its results are of the types they
/// would have, so that what is done with them is silent too.
template <class Policy, class Precision, int Outputs = 1>
class silent_model {
    struct host_only {};

  public:
    using policy = Policy;
    using precision = Precision;
    using number = typename Precision::type;
    static constexpr int input_size = 1, output_size = 1;

    using workspace_type = workspace<number>;
    explicit silent_model(seed = {}, Policy = {}) {}
    workspace<number> make_workspace(int = 1) const {
        const long long none[] = {0};
        return {host_only{}, 0, none, none, 1};
    }
    template <class X>
    auto operator()(const X& x) const {
        using door = adaptor<X, number>;
        if constexpr (Outputs > 1) return silent_results<Outputs, number>();
        else if constexpr (door::exists) return door::make(door::read(x, shape(1)), 1, shape(1), shape(1));
        else return std::vector<number>{};
    }
    template <class... X>
        requires(sizeof...(X) != 1)
    auto operator()(const X&...) const {
        if constexpr (Outputs > 1) return silent_results<Outputs, number>();
        else return std::vector<number>();
    }
    template <int Hop = 1, class Silent = silent_stream<number>>
    Silent stream() const {
        return {};
    }
    template <int Hop = 1, class Silent = silent_stream<number>>
    Silent make_state() const {
        return {};
    }
    template <class State>
        requires(State::is_silent)
    workspace<number> make_workspace(const State&) const {
        return make_workspace();
    }
    static constexpr silent_call<> run{}, set{};
    static constexpr silent_call<std::vector<number>> get{}, predict{};
    static constexpr silent_call<std::span<number>> parameter_block{}, buffer_block{};
    static constexpr silent_call<std::span<const parameter_info>> parameters{};
    static constexpr silent_call<std::vector<std::string_view>> names{};
    static constexpr silent_call<std::vector<named_parameter>> named_parameters{};
    static constexpr silent_call<void, save_options<number>> save{};
    static constexpr silent_call<std::vector<std::byte>, save_options<number>> save_bytes{};
    static constexpr silent_call<void, name_map> load{};
    static constexpr silent_call<load_result, name_map> try_load{};
    static constexpr silent_call<take_report, name_map> take{};
    static constexpr silent_call<Policy> policy_instance{};
    static constexpr silent_call<seed> initial_seed{};
};

} // namespace detail

} // namespace strata::inline STRATA_ABI
