#pragma once
/// transpose_weight — a packed weight with its inputs innermost, for the gradient to the input.
///   affine_rows [F, U'] → [U, F'];  conv_taps [G, KH, KW, C/G, F/G'] → [G, KH, KW, F/G, C/G']   (' padded to the lanes)
/// The lay-out pass adds it where the policy packs weights.
#include <strata/plan/gradients.hpp>

namespace strata::inline v0_1::operations {

/// Operands: w → transposed w.  Rows: of the result, over all groups and taps. k.x is the weight's conventional shape.
struct transpose_weight {
    static constexpr op kind = op::transpose_weight;
    static constexpr const char* name = "transpose_weight";
    static constexpr division split = division::rows;
    static constexpr int rows(const key& k) { return k.x.rank == 2 ? k.x.d0 : k.x.d0 * k.x.d2 * k.x.d3; }
    static constexpr long long flops(const key&) { return 0; }
};

} // namespace strata::inline v0_1::operations
