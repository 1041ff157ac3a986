#pragma once
/// one_port<Net, "a trainer"> — base class of what serves networks of one input and one output, both of numbers: one
/// error says so of another network.
#include <strata/plan/diagnosis.hpp>

namespace strata::inline STRATA_ABI::core {

/// `"a", "b"`: the ports' names, for a message.
constexpr text names_of_ports(const constexpr_vector<named_value>& ports) {
    text list;
    for (int i = 0; i < ports.size(); ++i) list.add(i == 0 ? "\"" : ", \"", ports[i].name, "\"");
    return list;
}

namespace parts {

template <class Net, fixed_string What>
struct ports_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr mistake find() {
        const graph g = build<Net>(request{});
        mistake m;
        m.why = mistake_kind::network_has_several_ports;
        m.got = shape(g.input_ports.size(), g.output_ports.size());
        m.needs = shape(1, 1);
        m.sentence.add("strata: ", What.c_str(),
                       " needs a network of one input and one output of numbers, but this one has ");
        if (g.input_ports.size() > 1) m.sentence.add("the inputs ", names_of_ports(g.input_ports));
        if (g.input_ports.size() > 1 && g.output_ports.size() > 1) m.sentence.add(" and ");
        if (g.output_ports.size() > 1) m.sentence.add("the outputs ", names_of_ports(g.output_ports));
        if (g.input_ports.size() == 1 && g.output_ports.size() == 1) m.sentence.add("integers");
        m.sentence.add(". Only net(...), net.run(...) and the fit of a trainer take others.");
        return m;
    }
};

template <class Net, fixed_string What>
auto port_verdict() -> nothing_wrong;
template <class Net, fixed_string What>
    requires(!has_plain_ports<Net>)
auto port_verdict() -> decltype(reported<ports_source<Net, What>>::mistake());

} // namespace parts

template <class Net, fixed_string What>
struct one_port : decltype(parts::port_verdict<Net, What>()) {};

} // namespace strata::inline STRATA_ABI::core
