#pragma once
/// build — the first pass: runs the network's layers, and the loss if there is one, over an empty graph.
#include <strata/plan/graph.hpp>

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
    if (!g.failed()) Loss::build(g);
    return g;
}

} // namespace strata::inline STRATA_ABI::core
