#pragma once
/// add — y = x + w, element by element, of equal shapes.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x, w → y
struct add {
    static constexpr const char* name = "add";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.count_only = true};
    static constexpr long long flops(const key& k) { return k.x.size(); }

    static constexpr value append(graph& g, value a, value b) {
        key k;
        k.x = k.w = k.y = g.extents(a);
        return g.apply<add>(k, {a, b}, k.y);
    }
    static constexpr void differentiate(graph&, gradients& d, const operation& o) {
        const value dy = d.of(o.out[0]);
        if (d.wanted(o.in[0])) d.contribute(o.in[0], dy);
        if (d.wanted(o.in[1])) d.contribute(o.in[1], dy);
    }
};

} // namespace strata::inline STRATA_ABI::operations
