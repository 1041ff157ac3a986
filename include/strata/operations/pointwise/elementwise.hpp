#pragma once
/// elementwise — y = f(x), with f and its derivative given once by a named type (see layers/pointwise/elementwise.hpp).
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// dx = dy · f'(x); s is y where the derivative can be told from it, else x.   Operands: s, dy → dx
struct elementwise_gradient {
    static constexpr const char* name = "elementwise_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.is_derivative = true, .count_only = true};
    static constexpr long long flops(const key& k) { return 2 * k.x.size(); }
};

/// Operands: x → y
struct elementwise {
    static constexpr const char* name = "elementwise";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.is_function = true, .count_only = true};
    static constexpr long long flops(const key& k) { return k.x.size(); }

    template <class F>
    static constexpr value append(graph& g, value x) {
        key k;
        k.x = k.y = g.extents(x);
        k.function = g.function(&function_id<F>);
        return g.apply<elementwise>(k, {x}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        key k = o.k;
        const bool from_output = g.functions[k.function]->from_output;
        d.contribute(o.in[0],
                     g.apply<elementwise_gradient>(k, {from_output ? o.out[0] : o.in[0], d.of(o.out[0])}, k.x));
    }
};

} // namespace strata::inline STRATA_ABI::operations
