#pragma once
/// transpose_weight — packed filters as the gradient to the input needs them, padded with zeros.
///   Each is one row, in the order in which its taps meet the image (transposed_row in weight_layout.hpp):
///     conv_panels [G, KH·KW·C/G, F/G] → [F, KH·KW·C/G]
///   Or flipped (k.flipped), for a convolution from F to C channels, tap (u, v) in the place of (KH-1-u, KW-1-v):
///     conv_panels [KH·KW·C, F] → conv_panels [KH·KW·F, C]
/// conv's input gradient asks the lay-out pass for it where the policy packs weights.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: w → transposed w.  Rows: filters. k.x is the weight's conventional shape.
struct transpose_weight {
    static constexpr const char* name = "transpose_weight";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::rows;
    static constexpr int rows(const key& k) { return k.x.d0; }
    static constexpr long long flops(const key&) { return 0; }
};

} // namespace strata::inline STRATA_ABI::operations
