#pragma once
/// affine — y[n,u] = f( sum_i w[u,i] · x[n,i] + b[u] ), f the fused elementwise function, if any.
///   x [F] → y [U], or x [T, F] → y [T, U];  w [U, F], b [U]
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Of a sample; of a sequence, whole or one position of it.
constexpr long long affine_flops(const key& k) {
    return 1LL * k.x.positions() * k.y.channels() * (2LL * k.x.channels() + (k.bias ? 1 : 0));
}

/// dx[n,i] = sum_u dy[n,u] · w[u,i].   Operands: dy, w → dx
struct affine_input_gradient {
    static constexpr const char* name = "affine_input_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.meets_weights = true, .on_rows = true, .keeps_batch_whole = true};
    static constexpr long long flops(const key& k) { return affine_flops(k); }
};

/// dw[u,i] = sum_n dy[n,u] · x[n,i], db[u] = sum_n dy[n,u].   Operands: x, dy → dw, db.  Rows: inputs i.
struct affine_weight_gradient {
    static constexpr const char* name = "affine_weight_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::rows;
    static constexpr operation_facts facts{.meets_weights = true, .on_rows = true};
    static constexpr int rows(const key& k) { return k.x.channels(); }
    static constexpr long long flops(const key& k) { return affine_flops(k); }
};

/// Operands: x, w, b → y
struct affine {
    static constexpr const char* name = "affine";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1,
                                           .takes_function = true,
                                           .weight = 1,
                                           .packed = weight_format::affine_panels,
                                           .meets_weights = true,
                                           .on_rows = true,
                                           .keeps_batch_whole = true};
    static constexpr long long flops(const key& k) { return affine_flops(k); }

    static constexpr value append(graph& g, value x, value w, value b) {
        key k;
        k.x = g.extents(x);
        k.y = k.x.with_channels(g.extents(w).d0);
        k.bias = b.exists();
        const value in[] = {x, w, b};
        const value y = g.add_value(k.y);
        g.add_operation<affine>(k, in, b.exists() ? 3 : 2, &y, 1);
        return y;
    }

    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value dy = d.of(o.out[0]);
        key k = o.k;
        if (d.wanted(o.in[1])) {
            const value in[] = {o.in[0], dy};
            value out[] = {d.like_parameter(o.in[1], storage::fixed), {}};
            if (k.bias) out[1] = d.like_parameter(o.in[2], storage::fixed);
            g.add_operation<affine_weight_gradient>(k, in, 2, out, k.bias ? 2 : 1);
            d.contribute(o.in[1], out[0]);
            if (k.bias) d.contribute(o.in[2], out[1]);
        }
        if (d.wanted(o.in[0])) {
            k.bias = false;
            d.contribute(o.in[0], g.apply<affine_input_gradient>(k, {dy, o.in[1]}, k.x));
        }
    }
};

} // namespace strata::inline STRATA_ABI::operations
