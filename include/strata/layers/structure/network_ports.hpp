#pragma once
/// The beginning and the end of a network: its inputs and outputs, named or not.
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI::detail {

/// The network's inputs; gives the value that its first layer gets.
template <class Input>
constexpr value begin_network(graph& g) {
    const value x = Input::build_input(g);
    if (g.input_ports.empty()) g.add_input("", x);
    return x;
}
/// The network's output, unless outputs<...> named them; and every input was read.
constexpr void end_network(graph& g, value y) {
    if (g.output_ports.empty()) g.add_output("", y);
    if (g.input_ports.size() == 1 || g.failed()) return;
    for (const core::named_value& x : g.input_ports)
        if (!g.is_used(x.what)) {
            g.mistaken_in_name(mistake_kind::port_is_not_read, x.name, "no layer reads the input \"", x.name,
                               "\". Read it with use<\"", x.name, "\">, or remove it from the inputs.");
            return;
        }
}

} // namespace strata::inline STRATA_ABI::detail
