#pragma once
/// build — the first pass: runs the network's layers, and the loss if there is one, over an empty graph.
#include <strata/plan/graph.hpp>

#include <type_traits>

namespace strata::inline STRATA_ABI::core {

/// The loss of a plan without one.
struct no_loss {
    static constexpr void build(graph&) {}
};

template <class Net, class Loss = no_loss>
constexpr graph build(const request& wanted) {
    graph g(wanted);
    if constexpr (requires { Net::build(g); }) Net::build(g);
    else
        g.mistaken(mistake_kind::it_is_no_network, {}, {},
                   "this is not a network: it has no build function. Derive it from strata::network<Input, Layers...>. "
                   "If that list is itself an error, check for a layer without its brackets (leaky_relu<>, not "
                   "leaky_relu) or with brackets that it does not take (batch_norm, not batch_norm<16>).");
    // A network that does without network<...> sets input and output itself.
    if (g.input_ports.empty()) g.add_input("", g.input);
    if (g.output_ports.empty()) g.add_output("", g.output);
    if constexpr (!std::is_same_v<Loss, no_loss>) {
        if (g.output_ports.size() > 1 && !requires { Loss::is_of_outputs; })
            g.mistaken(mistake_kind::network_has_several_ports, shape(g.output_ports.size()), shape(1),
                       "the network has ", g.output_ports.size(),
                       " outputs, so a loss must say on which it is: losses{on<\"", g.output_ports[0].name,
                       "\">(...), ...}.");
        if (!g.failed()) Loss::build(g);
    }
    return g;
}

} // namespace strata::inline STRATA_ABI::core
