#pragma once
/// normalise — y = (x − mean[c]) / deviation[c]; per channel of an image, per feature of a flat value.
/// With k.scaled its inverse: y = x · deviation[c] + mean[c].
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// With k.scale_only without the mean: what the gradient is divided by, or multiplied with. (There is none to mean
/// and deviation, which do not train.)
/// Operands: x, mean, deviation → y
struct normalise {
    static constexpr const char* name = "normalise";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1, .on_rows = true};
    static constexpr long long flops(const key& k) { return 2 * k.x.size(); }

    static constexpr value append(graph& g, value x, value mean, value deviation, bool inverse = false) {
        key k;
        k.x = k.y = g.extents(x);
        k.scaled = inverse;
        return g.apply<normalise>(k, {x, mean, deviation}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        key k = o.k;
        k.scale_only = true;
        d.contribute(o.in[0], g.apply<normalise>(k, {d.of(o.out[0]), o.in[1], o.in[2]}, k.x));
    }
};

} // namespace strata::inline STRATA_ABI::operations
