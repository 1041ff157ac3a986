#pragma once
/// softmax — y[n,k] = exp(x[n,k]) / sum_j exp(x[n,j]), over features, or over the channels of each pixel.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// dx[k] = y[k] · (dy[k] − sum_j dy[j] · y[j]).   Operands: y, dy → dx
struct softmax_gradient {
    static constexpr const char* name = "softmax_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 4 * k.x.size(); }
};

/// Operands: x → y
struct softmax {
    static constexpr const char* name = "softmax";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 4 * k.x.size(); }

    static constexpr value add(graph& g, value x) {
        key k;
        k.x = k.y = g.extents(x);
        return g.apply<softmax>(k, {x}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        key k = o.k;
        d.contribute(o.in[0], g.apply<softmax_gradient>(k, {o.out[0], d.of(o.out[0])}, k.x));
    }
};

} // namespace strata::inline STRATA_ABI::operations
