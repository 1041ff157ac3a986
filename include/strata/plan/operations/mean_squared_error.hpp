#pragma once
/// mean_squared_error — per sample  loss = sum_e (x[e] − t[e])² / E.  The gradient is that of the batch's mean.
#include <strata/plan/gradients.hpp>

namespace strata::inline v0_1::operations {

/// Operands: x, t → loss [1], (dx = 2 (x − t) / (E N))
struct mean_squared_error {
    static constexpr op kind = op::mean_squared_error;
    static constexpr const char* name = "mean_squared_error";
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 4 * k.x.size(); }
};

} // namespace strata::inline v0_1::operations
