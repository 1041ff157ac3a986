#pragma once
/// reshape — the same elements, in conventional order, with another shape. The lay-out pass turns it into an alias, or
/// into a reorder where an image is channels-last.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// y = x with its elements moved from [C, H, W] to [H, W, C], or back (k.from_channels_last).   Operands: x → y
struct reorder {
    static constexpr const char* name = "reorder";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }
};

/// y = x, numbers or integers (k.integers).   Operands: x → y
struct copy {
    static constexpr const char* name = "copy";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.count_only = true};
    static constexpr long long flops(const key&) { return 0; }
};

struct reshape {
    static constexpr const char* name = "reshape";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.takes_tokens = true};
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value x, const shape& extents) {
        key k;
        k.x = g.extents(x);
        k.y = extents;
        const value y = g.add_value(extents, storage::per_sample, g.values[x.index].element);
        g.add_operation<reshape>(k, &x, 1, &y, 1);
        return y;
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], append(g, d.of(o.out[0]), o.k.x));
    }
};

} // namespace strata::inline STRATA_ABI::operations
