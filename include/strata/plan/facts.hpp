#pragma once
/// facts — numbers of a network that are known at compile time, for static_assert:
///   input_shape<Net>, output_shape<Net>   of one sample; where there are several, port_shape<Net, "name">
///   parameter_count<Net>                  trainable numbers (running statistics are buffers and not counted)
///   flops<Net>                            of one sample's inference; a multiply-add counts as two
#include <strata/plan/any_number.hpp>
#include <strata/plan/diagnosis.hpp>
#include <strata/plan/plan.hpp>
#include <strata/plan/ports/one_port.hpp>

namespace strata::inline STRATA_ABI::core {

namespace parts {

template <class Net, bool Sound = is_sound<Net>>
struct facts : private diagnosis<Net> {
    static constexpr shape input = state_of<Net, no_loss>.input, output = state_of<Net, no_loss>.output;
    static constexpr long long parameters = state_of<Net, no_loss>.parameters, flops = state_of<Net, no_loss>.flops;
};
template <class Net>
struct facts<Net, false> : private diagnosis<Net> {
    static constexpr any_number input{}, output{}, parameters{}, flops{};
};

/// What input_shape<Net>, or output_shape<Net>, says of a network with several.
template <class Net, bool Input>
struct several_shapes_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr mistake find() {
        const graph g = build<Net>(request{});
        const auto& ports = Input ? g.input_ports : g.output_ports;
        const char* const what = Input ? "input" : "output";
        mistake m;
        m.why = mistake_kind::network_has_several_ports;
        m.got = shape(ports.size()), m.needs = shape(1);
        m.sentence.add("strata: ", what, "_shape<Net> is of a network with one ", what, ", but this one has ",
                       names_of_ports(ports), ". Name one: port_shape<Net, \"", ports[0].name, "\">.");
        return m;
    }
};
template <class Net, bool Input>
constexpr bool has_several_shapes() {
    if constexpr (is_sound<Net>)
        return (Input ? state_of<Net, no_loss>.counts.inputs : state_of<Net, no_loss>.counts.outputs) > 1;
    else return false;
}
template <class Net, bool Input, bool Several = has_several_shapes<Net, Input>()>
struct shape_fact {
    static constexpr auto value = [] {
        if constexpr (Input) return facts<Net>::input;
        else return facts<Net>::output;
    }();
};
template <class Net, bool Input>
struct shape_fact<Net, Input, true> : decltype(reported<several_shapes_source<Net, Input>>::mistake()) {
    static constexpr any_number value{};
};

} // namespace parts

template <class Net>
inline constexpr auto input_shape = parts::shape_fact<Net, true>::value;
template <class Net>
inline constexpr auto output_shape = parts::shape_fact<Net, false>::value;
template <class Net>
inline constexpr auto parameter_count = parts::facts<Net>::parameters;
template <class Net>
inline constexpr auto flops = parts::facts<Net>::flops;

} // namespace strata::inline STRATA_ABI::core

namespace strata::inline STRATA_ABI {
using core::flops;
using core::input_shape;
using core::output_shape;
using core::parameter_count;
} // namespace strata::inline STRATA_ABI
