#pragma once
/// flatten — an image as features, in the order channel, row, column.
/// Shapes   x [C, H, W] → y [C·H·W]
#include <strata/layers/run_layer.hpp>
#include <strata/plan/operations/reshape.hpp>

namespace strata::inline STRATA_ABI {

struct flatten {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        return in.axes == role::flat ? x : operations::reshape::append(g, x, shape(static_cast<int>(in.size())));
    }
    static constexpr void spell(text& t) { t.add("flatten"); }
};

} // namespace strata::inline STRATA_ABI
