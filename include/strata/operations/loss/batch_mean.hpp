#pragma once
/// batch_mean — the mean over the batch of one number per sample or position, summed in their order, in double.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x → y [1], fixed
struct batch_mean {
    static constexpr const char* name = "batch_mean";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::whole;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return k.x.size(); }
};

} // namespace strata::inline STRATA_ABI::operations
