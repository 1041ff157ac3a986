#pragma once
/// elementwise_loss — per sample  loss = sum_e f(x[e], t[e]) / E,  with f and its derivative to x given once by a named
/// type (see train/losses/elementwise_loss.hpp). The gradient is that of the batch's mean.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x, t → loss [1], (dx = df(x, t) / (E N))
struct elementwise_loss {
    static constexpr const char* name = "elementwise_loss";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.count_only = true};
    static constexpr long long flops(const key& k) { return 4 * k.x.size(); }
};

} // namespace strata::inline STRATA_ABI::operations
