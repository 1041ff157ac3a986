#pragma once
/// port_call<Model> — a model's two doors where its network has several inputs or outputs, or they are named: net(...)
/// with a range for each input, and net.run(...) with a tuple of them.
#include <strata/model/adaptor.hpp>
#include <strata/model/calls/port_match.hpp>
#include <strata/model/calls/results.hpp>
#include <strata/model/calls/token_check.hpp>
#include <strata/run/batch_of.hpp>

#include <tuple>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// Where the caller's samples are, and where the results go: an address for each port.
template <int Inputs, int Outputs>
struct caller_memory {
    const void* in[unsigned(Inputs)];
    void* out[unsigned(Outputs)];
};

template <class X>
inline constexpr bool is_tuple = false;
template <class... X>
inline constexpr bool is_tuple<std::tuple<X...>> = true;
/// Is an argument of run one for several ports, or for one by name?
template <class X>
inline constexpr bool is_ports = is_tuple<X> || is_named_port<X>;

/// A single argument is a tuple of one.
template <class X>
[[gnu::always_inline]] constexpr auto as_ports(X& x) noexcept {
    if constexpr (is_tuple<std::remove_const_t<X>>)
        return std::apply([](auto&... each) { return std::tuple<decltype(each)...>(each...); }, x);
    else return std::tuple<X&>(x);
}

template <class Model>
class port_call {
    using net = typename Model::network;
    using number = typename Model::number;
    using memory = typename Model::memory_of_caller;
    static constexpr const auto& data = Model::inference_plan::data;
    static constexpr int inputs = Model::inference_plan::inputs, outputs = Model::inference_plan::outputs;
    template <int Port>
    using input_type = element_type<data.inputs[Port].element, number>;
    template <int Port>
    using output_type = element_type<data.outputs[Port].element, number>;
    using each_input = std::make_integer_sequence<int, inputs>;
    using each_output = std::make_integer_sequence<int, outputs>;

  public:
    // ---- net(x, y) ----------------------------------------------------------------------------------------------

    template <class... X>
    static auto call(const Model& model, const X&... x) {
        constexpr const port_places& places = places_of<net, direction::in, X...>;
        if constexpr (places.why != mistake_kind::nothing) {
            [[maybe_unused]] const reported_here<ports_source<net, direction::in, X...>> said_once{};
            return nothing(each_output{});
        } else return call_in_order<X...>(model, std::tie(x...), each_input{});
    }

    // ---- net.run(std::tie(x, y), std::tie(r, s), space) ---------------------------------------------------------

    template <class... In, class... Out>
    [[gnu::always_inline]] static void run(const Model& model, const std::tuple<In...>& in,
                                           const std::tuple<Out...>& out,
                                           typename Model::workspace_type& space) noexcept {
        constexpr const port_places& from = places_of<net, direction::in, In...>;
        constexpr const port_places& to = places_of<net, direction::out, Out...>;
        if constexpr (from.why != mistake_kind::nothing) {
            [[maybe_unused]] const reported_here<ports_source<net, direction::in, In...>> said_once{};
        } else if constexpr (to.why != mistake_kind::nothing) {
            [[maybe_unused]] const reported_here<ports_source<net, direction::out, Out...>> said_once{};
        } else {
            constexpr told_batch told = batch_told<std::tuple<In...>, std::tuple<Out...>>;
            if constexpr (told.fault >= 0) explain_extents<std::tuple<In...>, std::tuple<Out...>>();
            else {
                memory at{};
                addresses<direction::in>(in, at.in, each_input{});
                addresses<direction::out>(out, at.out, each_output{});
                model.run_constant(at, std::integral_constant<int, told.batch>{}, space);
            }
        }
    }
    /// The same of pointers, for `batch` samples.
    template <class... In, class... Out>
    static void run(const Model& model, const std::tuple<In...>& in, const std::tuple<Out...>& out, int batch,
                    typename Model::workspace_type& space) noexcept {
        constexpr const port_places& from = places_of<net, direction::in, In...>;
        constexpr const port_places& to = places_of<net, direction::out, Out...>;
        if constexpr (from.why != mistake_kind::nothing) {
            [[maybe_unused]] const reported_here<ports_source<net, direction::in, In...>> said_once{};
        } else if constexpr (to.why != mistake_kind::nothing) {
            [[maybe_unused]] const reported_here<ports_source<net, direction::out, Out...>> said_once{};
        } else if constexpr (batch_told<std::tuple<In...>, std::tuple<Out...>>.fault >= 0) {
            explain_extents<std::tuple<In...>, std::tuple<Out...>>();
        } else {
            memory at{};
            addresses<direction::in>(in, at.in, each_input{});
            addresses<direction::out>(out, at.out, each_output{});
            if (batch > 0) model.run_batch(at, batch, space);
        }
    }

  private:
    // ---- of net(...) --------------------------------------------------------------------------------------------

    template <class... X, class Given, int... Port>
    static auto call_in_order(const Model& model, const Given& given, std::integer_sequence<int, Port...>) {
        constexpr const port_places& places = places_of<net, direction::in, X...>;
        return call_with(model, each_input{}, value_of(std::get<std::size_t(places.argument[Port])>(given))...);
    }
    template <int... Port, class... X>
    static auto call_with(const Model& model, std::integer_sequence<int, Port...>, const X&... x) {
        if constexpr ((adaptor<X, input_type<Port>>::exists && ...)) {
            const auto samples = std::tuple(adaptor<X, input_type<Port>>::read(x, data.inputs[Port].extents)...);
            const int batches[] = {whole_samples<Port>(std::get<std::size_t(Port)>(samples))...};
            for (int p = 1; p < inputs; ++p)
                if (batches[p] != batches[0]) refuse_batches(0, batches[0], p, batches[p]);
            using first = std::tuple_element_t<0, std::tuple<X...>>;
            memory at{{std::get<std::size_t(Port)>(samples).elements().data()...}, {}};
            return with_results<first>(model, at, batches[0], std::get<0>(samples), each_output{});
        } else {
            int in_order[] = {(explain<X, input_type<Port>>(), 0)...};
            static_cast<void>(in_order);
            return nothing(each_output{});
        }
    }
    /// Results are of the container of the first input, or vectors where its elements are others.
    template <class First, int... Port, class Samples>
    static auto with_results(const Model& model, memory& at, int batch, const Samples& samples,
                             std::integer_sequence<int, Port...>) {
        auto results = std::tuple(made<First, Port>(batch, samples)...);
        int in_order[] = {(at.out[Port] = std::data(std::get<std::size_t(Port)>(results)), 0)...};
        static_cast<void>(in_order);
        auto space = model.make_workspace(batch);
        model.run_batch(at, batch, space);
        return given_back(std::move(results));
    }
    template <class First, int Port, class Samples>
    static auto made(int batch, const Samples& samples) {
        if constexpr (std::is_same_v<output_type<Port>, input_type<0>>)
            return adaptor<First, input_type<0>>::make(samples, batch, data.inputs[0].extents,
                                                       data.outputs[Port].extents);
        else return std::vector<output_type<Port>>(static_cast<std::size_t>(batch * data.outputs[Port].extents.size()));
    }
    template <class... Values>
    static auto given_back(std::tuple<Values...>&& values) {
        if constexpr (outputs == 1) return std::get<0>(std::move(values));
        else return results<net, Values...>(std::move(values));
    }
    /// Stands for the results of a call with a mistake.
    template <int... Port>
    static auto nothing(std::integer_sequence<int, Port...>) {
        return given_back(std::tuple<std::vector<output_type<Port>>...>());
    }
    template <class X, class T>
    static void explain() {
        if constexpr (!adaptor<X, T>::exists) [[maybe_unused]]
            const explained_numbers<X, T> said_once;
    }

    template <int Port, class Samples>
    static int whole_samples(const Samples& samples) {
        constexpr shape sample = data.inputs[Port].extents;
        if (!samples.fits)
            raise<shape_error>(
                sentence({"strata: the model was given ", samples.words, " for the input \"", data.inputs[Port].name,
                          "\", which takes samples of ", words_of(sample), ", ", sample.size(),
                          " elements each. Pass one sample or a batch of whole samples."}));
        check_tokens(samples.elements(), data.inputs[Port]);
        return batch_of(samples.elements().size(), static_cast<std::size_t>(sample.size()));
    }
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse_batches(int a, int of_a, int b, int of_b) {
        raise<shape_error>(
            sentence({"strata: the model was given ", of_a, " samples for the input \"", data.inputs[a].name, "\" and ",
                      of_b, " for \"", data.inputs[b].name, "\". Pass as many for each."}));
    }

    // ---- of run -------------------------------------------------------------------------------------------------

    template <direction Which, int Port>
    static constexpr const port_info& port_of = Which == direction::in ? data.inputs[Port] : data.outputs[Port];
    template <direction Which, class Given>
    struct places_of_tuple;
    template <direction Which, class... X>
    struct places_of_tuple<Which, std::tuple<X...>> {
        static constexpr const port_places& value = places_of<net, Which, X...>;
    };
    template <direction Which, int Port, class Given>
    using argument_of = std::remove_reference_t<decltype(value_of(
        std::get<std::size_t(places_of_tuple<Which, Given>::value.argument[Port])>(std::declval<const Given&>())))>;

    template <direction Which, class Given, class Address, int... Port>
    [[gnu::always_inline]] static void addresses(const Given& given, Address* at,
                                                 std::integer_sequence<int, Port...>) noexcept {
        constexpr const port_places& places = places_of_tuple<Which, Given>::value;
        int in_order[] = {(at[Port] = first_of(value_of(std::get<std::size_t(places.argument[Port])>(given))), 0)...};
        static_cast<void>(in_order);
    }
    /// How many samples the extents tell; or 0 and what is wrong, with the number of the port, inputs first.
    struct told_batch {
        int batch = 0, fault = -1;
    };
    template <direction Which, int Port, class Given>
    struct told {
        using X = argument_of<Which, Port, Given>;
        using E = element_type<port_of<Which, Port>.element, number>;
        using pointed = std::remove_pointer_t<decltype(first_of(std::declval<X&>()))>;
        static constexpr int size = static_cast<int>(port_of<Which, Port>.extents.size());
        static constexpr std::size_t extent = given_extent<X, size>;
        static constexpr bool is_static = extent != std::dynamic_extent;
        static constexpr bool right_type =
            std::is_same_v<std::remove_const_t<pointed>, E> && !(Which == direction::out && std::is_const_v<pointed>);
        static constexpr bool fits(int batch) {
            return right_type && is_static && batch > 0 && extent == std::size_t(batch) * std::size_t(size);
        }
        /// Reports what does not fit.
        static void explain() {
            if constexpr (!right_type) {
                [[maybe_unused]] const explained_numbers<std::remove_const_t<X>, E> said_once;
            } else {
                [[maybe_unused]] const reported_here<
                    port_extent_source<net, Which, Port, is_static ? static_cast<long long>(extent) : 0, is_static>>
                    said_once{};
            }
        }
    };
    template <class In, class Out, int... From, int... To>
    static constexpr told_batch find_batch(std::integer_sequence<int, From...>, std::integer_sequence<int, To...>) {
        using first = told<direction::in, 0, In>;
        const int batch = first::is_static ? static_cast<int>(first::extent / std::size_t(first::size)) : 0;
        const bool fit[] = {told<direction::in, From, In>::fits(batch)...,
                            told<direction::out, To, Out>::fits(batch)...};
        for (int port = 0; port < inputs + outputs; ++port)
            if (!fit[port]) return {0, port};
        return {batch, -1};
    }
    template <class In, class Out>
    static constexpr told_batch batch_told = find_batch<In, Out>(each_input{}, each_output{});
    template <class In, class Out>
    static void explain_extents() {
        constexpr int fault = batch_told<In, Out>.fault;
        if constexpr (fault < inputs) told<direction::in, fault, In>::explain();
        else told<direction::out, fault - inputs, Out>::explain();
    }
};

} // namespace strata::inline STRATA_ABI::detail
