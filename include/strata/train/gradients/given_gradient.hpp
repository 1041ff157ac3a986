#pragma once
/// given_gradient — what stands in a loss's place where the gradient of the output comes from elsewhere: the vector of
/// a vector-Jacobian product.
/// Shapes   output and gradient the same
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI {

struct given_gradient {
    static constexpr bool takes_class_index = false;

    static constexpr void build(graph& g) {
        g.target = g.add_value(g.extents(g.output), core::storage::target);
        g.differentiated = g.output;
        g.output_gradient = g.target;
    }
};

} // namespace strata::inline STRATA_ABI
