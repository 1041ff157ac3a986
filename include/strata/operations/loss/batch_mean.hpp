#pragma once
/// batch_mean — the mean of one number per sample over the batch, summed in the order of the samples, in double.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x [1] → y [1], fixed
struct batch_mean {
    static constexpr const char* name = "batch_mean";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::whole;
    static constexpr long long flops(const key& k) { return k.x.size(); }
};

} // namespace strata::inline STRATA_ABI::operations
