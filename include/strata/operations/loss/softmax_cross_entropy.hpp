#pragma once
/// softmax_cross_entropy — per sample  loss = − sum_k t[k] · log softmax(x)[k],  fused so that no logarithm of a small
/// probability is ever taken; t is one-hot or any distribution. The gradient is that of the batch's mean.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x, t → loss [1], (dx = (softmax(x) · sum t − t) / N)
struct softmax_cross_entropy {
    static constexpr const char* name = "softmax_cross_entropy";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 6 * k.x.size(); }
};

} // namespace strata::inline STRATA_ABI::operations
