#pragma once
/// sum_partials — y[e] = sum over the batch's chunks of x[chunk, e], in the order of the chunks.
///   Neither scales with the batch per element: x is a partial, y a fixed value or a gradient.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x → y.  Rows: elements.
struct sum_partials {
    static constexpr const char* name = "sum_partials";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::rows;
    static constexpr operation_facts facts{.count_only = true};
    static constexpr int rows(const key& k) { return static_cast<int>(k.x.size()); }
    static constexpr long long flops(const key&) { return 0; }
};

} // namespace strata::inline STRATA_ABI::operations
