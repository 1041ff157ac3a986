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
    Net::build(g);
    if (!g.failed()) Loss::build(g);
    return g;
}

} // namespace strata::inline STRATA_ABI::core
