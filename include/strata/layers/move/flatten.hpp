#pragma once
/// flatten — an image as features, in the order channel, row, column.
/// Shapes   x [C, H, W] → y [C·H·W]
#include <strata/layers/run_layer.hpp>
#include <strata/plan/operations/reshape.hpp>

namespace strata::inline STRATA_ABI {

struct flatten {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (g.hop() > 0 && in.has_order())
            return g.mistaken(mistake_kind::layer_cannot_stream, in, {},
                              "joins all times of a signal, but a stream passes on ", g.hop(),
                              " per step. Keep them apart: conv1d<Units, 1> is dense<Units> at each time, and of "
                              "vectors<T, D>, dense<Units> is.");
        return in.axes == role::flat ? x : operations::reshape::append(g, x, shape(static_cast<int>(in.size())));
    }
    static constexpr void spell(text& t) { t.add("flatten"); }
};

} // namespace strata::inline STRATA_ABI
