#pragma once
/// vectors<T, D> — the input of a network: a sequence of T positions, D numbers each, as with batch_first in PyTorch.
/// Shapes   x [T, D]
/// Layers work on each position by itself unless they say otherwise.
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI {

template <int T, int D>
struct vectors {
    static constexpr value build_input(graph& g) {
        const shape s = shape::sequence(T, D);
        if (T < 1 || D < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, s, shape(1, 1), "the input, vectors<", T, ", ", D,
                              ">, has a size that is not positive. Use at least one position and one feature.");
        return g.add_value(s, core::storage::input);
    }
    static constexpr void spell(text& t) { t.add("vectors<", T, ", ", D, ">"); }
};

} // namespace strata::inline STRATA_ABI
