#pragma once
/// conv — 2-D cross-correlation:  y[n,f,i,j] = f( b[f] + sum_{c,u,v} w[f,c,u,v] · x[n, c, i·S+u·D−top, j·S+v·D−left] )
///   x [C,H,W] → y [F,H',W'];  w [F, C/G, KH, KW], b [F].   Source: Dumoulin & Visin 2016, relation 15.
///   Of a signal, x [C,T] → y [F,T'];  w [F, C/G, K], with a window of one row.
#include <strata/operations/product/depthwise_conv.hpp>
#include <strata/operations/product/transpose_weight.hpp>
#include <strata/plan/gradients.hpp>
#include <strata/plan/passes/lay_out.hpp>

namespace strata::inline STRATA_ABI::operations {

constexpr long long conv_products(const key& k) {
    return k.y.size() * (k.x.d0 / k.groups) * k.win.kernel_h * k.win.kernel_w;
}

/// What leads from y back to x reads packed filters in another order: a transposed copy, operand 1 from now on.
constexpr void prepare_filters_back(lay_out_pass& pass, operation& o, const key& conv) {
    if (!pass.numbers().packed_weights) return;
    const value w = o.in[1];
    const parameter_info p = pass.parameter_of(w);
    const shape s = filters_of(p.extents);
    key k;
    k.x = k.y = s;
    k.groups = p.groups;
    k.lanes = p.lanes;
    k.flipped = by_flipped_filters(conv, p.lanes);
    o.in[1] = pass.prepare<transpose_weight>(
        w, k, k.flipped ? memory_elements(flipped(p)) : 1LL * s.d0 * transposed_row(s.d2 * s.d3 * s.d1, p.lanes));
}

/// dx[n,c,h,w] = sum over all (f,u,v) that read it of w[f,c,u,v] · dy[n,f,i,j].   Operands: dy, w → dx
struct conv_input_gradient {
    static constexpr const char* name = "conv_input_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.meets_weights = true};
    static constexpr long long flops(const key& k) { return 2 * conv_products(k); }
    static constexpr void lay_out(lay_out_pass& pass, operation& o) { prepare_filters_back(pass, o, o.k); }
};

/// dw[f,c,u,v] = sum_{n,i,j} dy[n,f,i,j] · x[n, c, i·S+u·D−top, j·S+v·D−left], db[f] = sum_{n,i,j} dy[n,f,i,j],
/// each summed over one chunk of samples.   Operands: x, dy → partial dw, partial db
struct conv_weight_gradient {
    static constexpr const char* name = "conv_weight_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.meets_weights = true};
    static constexpr long long flops(const key& k) { return 2 * conv_products(k) + (k.bias ? k.y.size() : 0); }
};

/// Operands: x, w, b → y;   with k.scaled: x, w, scale, shift → y = f( conv(x, w) · scale + shift )
/// With a group for each channel and each filter, `append` adds a depthwise_conv instead.
struct conv {
    static constexpr const char* name = "conv";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1,
                                           .takes_function = true,
                                           .takes_scale = true,
                                           .weight = 1,
                                           .packed = weight_format::conv_panels,
                                           .meets_weights = true};
    static constexpr long long flops(const key& k) {
        return 2 * conv_products(k) + (k.bias ? k.y.size() : 0) + (k.scaled ? 2 * k.y.size() : 0);
    }

    static constexpr bool by_position(const key& k) {
        const window& w = k.win;
        return w.kernel_h == 1 && w.kernel_w == 1 && w.top == 0 && w.left == 0 && w.bottom == 0 && w.right == 0;
    }

    static constexpr value append(graph& g, value x, value w, value b, const window& win, int groups,
                                  const shape& y_shape) {
        if (groups > 1 && groups == g.extents(x).channels() && groups == y_shape.channels())
            return depthwise_conv::append(g, x, w, b, win, y_shape);
        key k;
        k.x = g.extents(x);
        k.y = y_shape;
        k.win = win;
        k.groups = groups;
        k.bias = b.exists();
        k.one_sample = g.hop() > 0;
        const value in[] = {x, w, b};
        const value y = g.add_value(k.y);
        g.add_operation<conv>(k, in, b.exists() ? 3 : 2, &y, 1);
        return y;
    }

    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value dy = d.of(o.out[0]);
        key k = o.k;
        if (d.wanted(o.in[1])) {
            const value in[] = {o.in[0], dy};
            value out[] = {d.like_parameter(o.in[1], storage::partial), {}};
            if (k.bias) out[1] = d.like_parameter(o.in[2], storage::partial);
            g.add_operation<conv_weight_gradient>(k, in, 2, out, k.bias ? 2 : 1);
            d.contribute_partials(o.in[1], out[0]);
            if (k.bias) d.contribute_partials(o.in[2], out[1]);
        }
        if (d.wanted(o.in[0])) {
            k.bias = false;
            d.contribute(o.in[0], g.apply<conv_input_gradient>(k, {dy, o.in[1]}, k.x));
        }
    }
};

} // namespace strata::inline STRATA_ABI::operations
