#pragma once
/// port_shape<Net, "name"> — the shape of one sample of an input or output of a network, as a constant.
///   static_assert(strata::port_shape<net, "left"> == strata::shape(4));
#include <strata/plan/one_port.hpp>

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
    return {g.failed(), {}}; // a broken network reports for itself
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
                m.names.push(port.name);
                known.add(known.size() == 0 ? "\"" : ", \"", port.name, "\"");
            }
        m.sentence.add("strata: there is no input or output \"", Name.c_str(), "\". This network has ", known, ".");
        return m;
    }
};
template <class Net, fixed_string Name>
auto port_there() -> nothing_wrong;
template <class Net, fixed_string Name>
    requires(!find_port<Net>(Name.c_str()).there)
auto port_there() -> decltype(reported<no_port_source<Net, Name>>::mistake());

template <class Net, fixed_string Name>
struct checked_port : decltype(port_there<Net, Name>()) {};
template <class Net, fixed_string Name>
struct port_facts : private diagnosis<Net>, private checked_port<Net, Name> {
    static constexpr shape extents = find_port<Net>(Name.c_str()).extents;
};

} // namespace parts

} // namespace strata::inline STRATA_ABI::core

namespace strata::inline STRATA_ABI {
template <class Net, fixed_string Name>
inline constexpr shape port_shape = core::parts::port_facts<Net, Name>::extents;
} // namespace strata::inline STRATA_ABI
