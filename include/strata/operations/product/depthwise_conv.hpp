#pragma once
/// depthwise_conv — a convolution of each channel by itself:
///   y[n,c,i,j] = f( b[c] + sum_{u,v} w[c,0,u,v] · x[n, c, i·S+u·D−top, j·S+v·D−left] )
///   x [C,H,W] → y [C,H',W'];  w [C, 1, KH, KW], b [C]; of a signal with a window of one row.
/// It is what conv with as many groups as channels and filters becomes. Where weights are packed, its filters are those
/// of one group with a single input, so the channels of a tap are adjacent.
#include <strata/base/padded_to.hpp>
#include <strata/call/definition.hpp>
#include <strata/call/windows.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

constexpr long long depthwise_products(const key& k) { return k.y.size() * k.win.kernel_h * k.win.kernel_w; }

/// dx[n,c,h,w] = sum over all (u,v) that read it of w[c,0,u,v] · dy[n,c,i,j].   Operands: dy, w → dx
struct depthwise_input_gradient {
    static constexpr const char* name = "depthwise_input_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.meets_weights = true};
    static constexpr long long flops(const key& k) { return 2 * depthwise_products(k); }
};

/// dw[c,0,u,v] = sum_{n,i,j} dy[n,c,i,j] · x[n, c, i·S+u·D−top, j·S+v·D−left], db[c] = sum_{n,i,j} dy[n,c,i,j],
/// each summed over one chunk of samples.   Operands: x, dy → partial dw, partial db
struct depthwise_weight_gradient {
    static constexpr const char* name = "depthwise_weight_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.meets_weights = true};
    static constexpr long long flops(const key& k) { return 2 * depthwise_products(k) + (k.bias ? k.y.size() : 0); }
};

/// Operands: x, w, b → y;   with k.scaled: x, w, scale, shift → y = f( conv(x, w) · scale + shift )
struct depthwise_conv {
    static constexpr const char* name = "depthwise_conv";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1,
                                           .takes_function = true,
                                           .takes_scale = true,
                                           .weight = 1,
                                           .packed = weight_format::conv_panels,
                                           .meets_weights = true};
    static constexpr long long flops(const key& k) {
        return 2 * depthwise_products(k) + (k.bias ? k.y.size() : 0) + (k.scaled ? 2 * k.y.size() : 0);
    }
    static constexpr bool by_position(const key& k) {
        const window& w = k.win;
        return w.kernel_h == 1 && w.kernel_w == 1 && w.top == 0 && w.left == 0 && w.bottom == 0 && w.right == 0;
    }

    static constexpr value append(graph& g, value x, value w, value b, const window& win, const shape& y_shape) {
        key k;
        k.x = g.extents(x);
        k.y = y_shape;
        k.win = win;
        k.bias = b.exists();
        const value in[] = {x, w, b}, y = g.add_value(k.y);
        g.add_operation<depthwise_conv>(k, in, b.exists() ? 3 : 2, &y, 1);
        return y;
    }

    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value dy = d.of(o.out[0]);
        key k = o.k;
        if (d.wanted(o.in[1])) {
            const value in[] = {o.in[0], dy};
            value out[] = {d.like_parameter(o.in[1], storage::partial), {}};
            if (k.bias) out[1] = d.like_parameter(o.in[2], storage::partial);
            g.add_operation<depthwise_weight_gradient>(k, in, 2, out, k.bias ? 2 : 1);
            d.contribute_partials(o.in[1], out[0]);
            if (k.bias) d.contribute_partials(o.in[2], out[1]);
        }
        if (d.wanted(o.in[0])) {
            k.bias = false;
            d.contribute(o.in[0], g.apply<depthwise_input_gradient>(k, {dy, o.in[1]}, k.x));
        }
    }
};

template <key K, class F>
struct definition<depthwise_conv::kind, K, F> {
    static constexpr int result = 2 + (K.bias ? 1 : 0) + (K.scaled ? 2 : 0);
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y);
        const auto x = image_sample(c.at[0], at.n, K.x);
        const weight_view<T> w{c.at[1], 1, K.win.kernel_h, K.win.kernel_w};
        Accumulator sum = 0;
        each_tap<K>(y.h, y.w, [&](int u, int v, int h, int j) {
            sum += Accumulator(w(y.c, 0, u, v)) * Accumulator(x(y.c, h, j));
        });
        if constexpr (K.bias) sum += Accumulator(c.at[2][y.c]);
        if constexpr (K.scaled) sum = sum * Accumulator(c.at[2][y.c]) + Accumulator(c.at[3][y.c]);
        if constexpr (K.function >= 0) sum = F::f(sum);
        c.at[result][i] = T(sum);
    }
};

template <key K, class F>
struct definition<depthwise_input_gradient::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image x(at.e, K.x);
        const auto dy = image_sample(c.at[0], at.n, K.y);
        const weight_view<T> w{c.at[1], 1, K.win.kernel_h, K.win.kernel_w};
        Accumulator sum = 0;
        each_reader<K>(x.h, x.w, [&](int u, int v, int h, int j) {
            sum += Accumulator(w(x.c, 0, u, v)) * Accumulator(dy(x.c, h, j));
        });
        c.at[2][i] = T(sum);
    }
};

/// The items of a chunk are its weights, then its biases.
template <key K, class F>
struct definition<depthwise_weight_gradient::kind, K, F> {
    static constexpr int taps = K.win.kernel_h * K.win.kernel_w, weights = K.x.d0 * taps;
    static constexpr long long items = weights + (K.bias ? K.x.d0 : 0);
    static constexpr unit per = unit::chunk;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const samples_of_task samples(c, at.n);
        Accumulator sum = 0;
        if (at.e >= weights) {
            const int ch = at.e - weights;
            for (int n = samples.first; n < samples.last; ++n)
                for (int p = 0; p < positions_of(K.y); ++p) sum += Accumulator(channels_of(c.at[1], n, K.y)(ch, p));
            c.at[3][at.n * padded_to(K.x.d0, alignment_elements) + ch] = T(sum);
            return;
        }
        const int ch = at.e / taps, u = at.e % taps / K.win.kernel_w, v = at.e % K.win.kernel_w;
        for (int n = samples.first; n < samples.last; ++n) {
            const auto x = image_sample(c.at[0], n, K.x), dy = image_sample(c.at[1], n, K.y);
            for (int h = 0; h < K.y.d1; ++h) {
                const int row = h * K.win.stride_h + u * K.win.dilation_h - K.win.top;
                if (row < 0 || row >= K.x.d1) continue;
                for (int j = 0; j < K.y.d2; ++j) {
                    const int column = j * K.win.stride_w + v * K.win.dilation_w - K.win.left;
                    if (column >= 0 && column < K.x.d2)
                        sum += Accumulator(dy(ch, h, j)) * Accumulator(x(ch, row, column));
                }
            }
        }
        c.at[2][at.n * padded_to(weights, alignment_elements) + at.e] = T(sum);
    }
};

} // namespace strata::inline STRATA_ABI::operations
