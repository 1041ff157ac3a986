#pragma once
/// conv_transpose — transposed convolution: what the gradient to a convolution's input is, as a layer.
///   y[n,f,h,w] = g( b[f] + sum over all (c,u,v) and (i,j) with i·S+u·D−top = h, j·S+v·D−left = w of
///                   w[c,f,u,v] · x[n,c,i,j] )
///   x [C,H,W] → y [F,H',W'];  w [C, F/G, KH, KW], b [F].   Source: Dumoulin & Visin 2016, relation 14.
/// The filters are those of the convolution that leads from y back to x, which is the gradient; its key has x and y in
/// each other's places.
#include <strata/call/definition.hpp>
#include <strata/call/windows.hpp>
#include <strata/operations/product/conv.hpp>

namespace strata::inline STRATA_ABI::operations {

/// The key of the convolution from y to x.
constexpr key convolution_back(key k) {
    const shape x = k.x;
    k.x = k.y, k.y = x;
    k.bias = k.scaled = false;
    k.function = -1;
    return k;
}

/// db[f] = sum_{n,h,w} dy[n,f,h,w], over one chunk of samples.   Operands: dy → partial db
struct channel_sums {
    static constexpr const char* name = "channel_sums";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.x.size(); }
};

/// Operands: x, w, (b) → y;   with k.scaled: x, w, scale, shift → y = f( conv_transpose(x, w) · scale + shift )
struct conv_transpose {
    static constexpr const char* name = "conv_transpose";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1,
                                           .takes_function = true,
                                           .takes_scale = true,
                                           .weight = 1,
                                           .packed = weight_format::conv_panels,
                                           .meets_weights = true};
    static constexpr long long flops(const key& k) {
        return 2 * conv_products(convolution_back(k)) + (k.bias ? k.y.size() : 0) + (k.scaled ? 2 * k.y.size() : 0);
    }
    /// Reads packed filters as the gradient to a convolution's input does.
    static constexpr void lay_out(lay_out_pass& pass, operation& o) {
        prepare_filters_back(pass, o, convolution_back(o.k));
    }

    static constexpr value append(graph& g, value x, value w, value b, const window& win, int groups, const shape& y) {
        key k;
        k.x = g.extents(x);
        k.y = y;
        k.win = win;
        k.groups = groups;
        k.bias = b.exists();
        const value in[] = {x, w, b}, out = g.add_value(y);
        g.add_operation<conv_transpose>(k, in, b.exists() ? 3 : 2, &out, 1);
        return out;
    }

    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value dy = d.of(o.out[0]);
        const key back = convolution_back(o.k);
        if (d.wanted(o.in[1])) {
            const value in[] = {dy, o.in[0]}, dw = d.like_parameter(o.in[1], storage::partial);
            g.add_operation<conv_weight_gradient>(back, in, 2, &dw, 1);
            d.contribute_partials(o.in[1], dw);
        }
        if (o.k.bias && d.wanted(o.in[2])) {
            key k;
            k.x = o.k.y;
            const value db = d.like_parameter(o.in[2], storage::partial);
            g.add_operation<channel_sums>(k, &dy, 1, &db, 1);
            d.contribute_partials(o.in[2], db);
        }
        if (d.wanted(o.in[0])) d.contribute(o.in[0], g.apply<conv>(back, {dy, o.in[1]}, back.y));
    }
};

template <key K, class F>
struct definition<conv_transpose::kind, K, F> {
    static constexpr key back = convolution_back(K);
    static constexpr int result = 2 + (K.bias ? 1 : 0) + (K.scaled ? 2 : 0);
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        constexpr int filters = K.y.d0 / K.groups, channels = K.x.d0 / K.groups;
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y);
        const auto x = image_sample(c.at[0], at.n, K.x);
        const weight_view<T> w{c.at[1], filters, K.win.kernel_h, K.win.kernel_w};
        const int first = y.c / filters * channels;
        Accumulator sum = 0;
        for (int ch = first; ch < first + channels; ++ch)
            each_reader<back>(y.h, y.w, [&](int u, int v, int h, int j) {
                sum += Accumulator(w(ch, y.c % filters, u, v)) * Accumulator(x(ch, h, j));
            });
        if constexpr (K.bias) sum += Accumulator(c.at[2][y.c]);
        if constexpr (K.scaled) sum = sum * Accumulator(c.at[2][y.c]) + Accumulator(c.at[3][y.c]);
        if constexpr (K.function >= 0) sum = F::f(sum);
        c.at[result][i] = T(sum);
    }
};

/// An item is one channel of a chunk.
template <key K, class F>
struct definition<channel_sums::kind, K, F> {
    static constexpr long long items = K.x.d0;
    static constexpr unit per = unit::chunk;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const samples_of_task samples(c, at.n);
        Accumulator sum = 0;
        for (int n = samples.first; n < samples.last; ++n)
            for (int p = 0; p < positions_of(K.x); ++p)
                sum += Accumulator(pixel_of(c.at[0], n, p, K.x, K.channels_last)(at.e));
        c.at[1][at.n * padded_to(items, alignment_elements) + at.e] = T(sum);
    }
};

} // namespace strata::inline STRATA_ABI::operations
