#pragma once
/// features<F> — the input of a network: F numbers per sample.
/// Shapes   x [F]
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI {

template <int F>
struct features {
    static constexpr value build_input(graph& g) {
        if (F < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(F), shape(1), "the input, features<", F,
                              ">, must have a positive size. Use at least one feature.");
        return g.add_value(shape(F), core::storage::input);
    }
    static constexpr void spell(text& t) { t.add("features<", F, ">"); }
};

} // namespace strata::inline STRATA_ABI
