#pragma once
/// dropout — y = x / (1 − p) where a random bit of probability 1 − p is set, else 0 (training only).
/// Source: Srivastava et al. 2014. The bits are Philox numbers of (seed, layer's ordinal; step, sample, element): the
/// backward pass draws the same ones again instead of storing a mask.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x → y
struct dropout {
    static constexpr const char* name = "dropout";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.x.size(); }

    static constexpr value append(graph& g, value x, double rate) {
        const int ordinal = g.next_ordinal(); // drawn in inference as well: modes share the numbering
        if (rate == 0) return x;
        if (!g.training()) {
            g.dropped_in_training.push(x);
            return x;
        }
        key k;
        k.x = k.y = g.extents(x);
        k.real = rate;
        return g.apply<dropout>(k, {x}, k.y, storage::per_sample, ordinal);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<dropout>(o.k, {d.of(o.out[0])}, o.k.x, storage::per_sample, o.ordinal));
    }
};

} // namespace strata::inline STRATA_ABI::operations
