#pragma once
/// weighted_sum — a loss for tests:  sum_{n,e} t[n,e] · y[n,e],  t the target. Its gradient is the target
/// itself, so that the reverse pass starts with any numbers a test likes. It has no operation: a test forms
/// the sum.
#include <strata/plan/graph.hpp>

namespace strata_tests {

struct weighted_sum {
    static constexpr void build(strata::graph& g) {
        g.target = g.add_value(g.extents(g.output), strata::core::storage::target);
        g.differentiated = g.output;
        g.output_gradient = g.target;
    }
};

} // namespace strata_tests
