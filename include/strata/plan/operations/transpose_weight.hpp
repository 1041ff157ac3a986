#pragma once
/// transpose_weight — packed filters, each as one row that lies as its taps meet the image, for the gradient to the input.
///   conv_panels [G, KH·KW·C/G, F/G] → [F, KH·KW·C/G], padded with zeros (transposed_row in weight_layout.hpp)
/// The lay-out pass adds it where the policy packs weights.
#include <strata/plan/gradients.hpp>

namespace strata::inline v0_1::operations {

/// Operands: w → transposed w.  Rows: filters. k.x is the weight's conventional shape.
struct transpose_weight {
    static constexpr op kind = op::transpose_weight;
    static constexpr const char* name = "transpose_weight";
    static constexpr division split = division::rows;
    static constexpr int rows(const key& k) { return k.x.d0; }
    static constexpr long long flops(const key&) { return 0; }
};

} // namespace strata::inline v0_1::operations
