#pragma once
/// max_pool — y[n,c,i,j] = max_{u,v} x[n, c, i·S+u·D−top, j·S+v·D−left], over the positions inside the input.
#include <strata/call/windows.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// The gradient goes to the first maximum of its window, in reading order; with a function f that made x, times f' as
/// told from x.   Operands: x, y, dy → dx
struct max_pool_gradient {
    static constexpr const char* name = "max_pool_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.takes_derivative = 0};
    static constexpr long long flops(const key& k) { return k.y.size() * k.win.kernel_h * k.win.kernel_w; }
};

/// Operands: x → y
struct max_pool {
    static constexpr const char* name = "max_pool";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.y.size() * k.win.kernel_h * k.win.kernel_w; }

    static constexpr bool by_position(const key& k) { return tiles_its_input(k); }

    static constexpr value append(graph& g, value x, const window& win, const shape& y) {
        key k;
        k.x = g.extents(x);
        k.y = y;
        k.win = win;
        return g.apply<max_pool>(k, {x}, y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        key k = o.k;
        d.contribute(o.in[0], g.apply<max_pool_gradient>(k, {o.in[0], o.out[0], d.of(o.out[0])}, k.x));
    }
};

} // namespace strata::inline STRATA_ABI::operations
