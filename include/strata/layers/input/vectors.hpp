#pragma once
/// vectors<T, D> — the input of a network: a sequence of T positions, D numbers each, as with batch_first in PyTorch.
/// Shapes   x [T, D]
/// Layers work on each position by itself unless they say otherwise.
#include <strata/layers/input/with_positions.hpp>

namespace strata::inline STRATA_ABI {

template <int T, int D>
struct vectors {
    static constexpr value build_input(graph& g) {
        return detail::input_with_positions(g, "vectors", shape::sequence(T, D), "position and one feature");
    }
    static constexpr void spell(text& t) { detail::spell_input(t, "vectors", shape::sequence(T, D)); }
};

} // namespace strata::inline STRATA_ABI
