#pragma once
/// port_shape<Net, "name"> — the shape of one sample of an input or output of a network, as a constant.
///   static_assert(strata::port_shape<net, "left"> == strata::shape(4));
#include <strata/plan/any_number.hpp>
#include <strata/plan/diagnosis.hpp>

namespace strata::inline STRATA_ABI::core {

namespace parts {

/// Where a port is among the inputs and then the outputs, and its shape.
struct found_port {
    bool there = false;
    shape extents{};
};
template <class Net>
constexpr found_port find_port(const char* name) {
    const graph g = build<Net>(request{});
    for (const auto* ports : {&g.input_ports, &g.output_ports})
        for (const named_value& port : *ports)
            if (same_text(port.name, name)) return {true, g.extents(port.what)};
    return {};
}
template <class Net, fixed_string Name>
struct no_port_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr mistake find() {
        const graph g = build<Net>(request{});
        mistake m;
        m.why = mistake_kind::port_is_not_there;
        m.names.push(Name.c_str());
        text known;
        for (const auto* ports : {&g.input_ports, &g.output_ports})
            for (const named_value& port : *ports) {
                if (port.name[0] == 0) continue;
                m.names.push(port.name);
                known.add(known.size() == 0 ? "\"" : ", \"", port.name, "\"");
            }
        m.sentence.add("strata: there is no input or output \"", Name.c_str(),
                       "\". Names: ", known.size() == 0 ? text{}.add("none") : known, ".");
        return m;
    }
};
template <class Net, fixed_string Name, bool Sound = is_sound<Net>, bool There = find_port<Net>(Name.c_str()).there>
struct port_fact {
    static constexpr shape extents = find_port<Net>(Name.c_str()).extents;
};
template <class Net, fixed_string Name>
struct port_fact<Net, Name, true, false> : decltype(reported<no_port_source<Net, Name>>::mistake()) {
    static constexpr any_number extents{};
};
template <class Net, fixed_string Name, bool There>
struct port_fact<Net, Name, false, There> : private diagnosis<Net> {
    static constexpr any_number extents{};
};

} // namespace parts

} // namespace strata::inline STRATA_ABI::core

namespace strata::inline STRATA_ABI {
template <class Net, fixed_string Name>
inline constexpr auto port_shape = core::parts::port_fact<Net, Name>::extents;
} // namespace strata::inline STRATA_ABI
