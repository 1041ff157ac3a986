#pragma once
/// upsample_bilinear — an image S times as high and wide, each new pixel the weighted mean of the four around it. Along
/// an axis of n pixels, place i of n·S is at p = (i + 1/2) / S − 1/2, and with a = floor(p) and t = p − a
///   y[i] = (1 − t) · x[a] + t · x[a+1],   each index being the nearest of 0 ... n − 1.
/// That is PyTorch's align_corners = False. The key's strides are S along each axis.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Place i = q·S + phase: a is q, or one less, and t depends on the phase alone.
struct bilinear_phase {
    int shift; ///< a − q
    int part;  ///< t is part / 2S
    STRATA_HD constexpr bilinear_phase(int phase, int s)
        : shift(2 * phase + 1 < s ? -1 : 0), part(2 * phase + 1 - s - shift * 2 * s) {}
    template <class T>
    [[nodiscard]] STRATA_HD constexpr T weight(int s) const {
        return T(part) / T(2 * s);
    }
};
/// What a place reads along one axis: (1 − t) · x[a] + t · x[b].
template <class T>
struct bilinear_source {
    int a, b;
    T t;
    STRATA_HD constexpr bilinear_source(int i, int n, int s) : a(0), b(0), t(0) {
        const bilinear_phase phase(i % s, s);
        a = i / s + phase.shift, b = a + 1, t = phase.weight<T>(s);
        a = a < 0 ? 0 : a, b = b < n ? b : n - 1;
    }
};
/// visit(i, weight) for every place that reads pixel p of n, in ascending order.
STRATA_ANY_CALLER
template <class T, class Visit>
STRATA_HD constexpr void each_bilinear_reader(int p, int n, int s, Visit visit) {
    const int first = p > 0 ? (p - 1) * s + s / 2 : 0, last = p < n - 1 ? (p + 1) * s + s / 2 : n * s;
    for (int i = first; i < last; ++i) {
        const bilinear_source<T> from(i, n, s);
        visit(i, (from.a == p ? T(1) - from.t : T(0)) + (from.b == p ? from.t : T(0)));
    }
}

/// dx[c,h,w] = sum over the places that read it of their weights times dy.   Operands: dy → dx
struct upsample_bilinear_gradient {
    static constexpr const char* name = "upsample_bilinear_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 8 * k.y.size(); }
};

/// Operands: x → y
struct upsample_bilinear {
    static constexpr const char* name = "upsample_bilinear";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 8 * k.y.size(); }

    static constexpr value append(graph& g, value x, int down, int right) {
        key k;
        k.x = g.extents(x);
        k.y = shape(k.x.d0, k.x.d1 * down, k.x.d2 * right);
        k.win.stride_h = down, k.win.stride_w = right;
        return g.apply<upsample_bilinear>(k, {x}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<upsample_bilinear_gradient>(o.k, {d.of(o.out[0])}, o.k.x));
    }
};

template <key K, class F>
struct definition<upsample_bilinear::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        using A = Accumulator;
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        const auto x = image_of(c.at[0], at.n, K.x, K.channels_last);
        const bilinear_source<A> v(y.h, K.x.d1, K.win.stride_h), h(y.w, K.x.d2, K.win.stride_w);
        c.at[1][i] = T((A(1) - v.t) * ((A(1) - h.t) * A(x(y.c, v.a, h.a)) + h.t * A(x(y.c, v.a, h.b)))
                       + v.t * ((A(1) - h.t) * A(x(y.c, v.b, h.a)) + h.t * A(x(y.c, v.b, h.b))));
    }
};

template <key K, class F>
struct definition<upsample_bilinear_gradient::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image x(at.e, K.x, K.channels_last);
        const auto dy = image_of(c.at[0], at.n, K.y, K.channels_last);
        Accumulator sum = 0;
        each_bilinear_reader<Accumulator>(x.h, K.x.d1, K.win.stride_h, [&](int h, Accumulator down) {
            each_bilinear_reader<Accumulator>(x.w, K.x.d2, K.win.stride_w, [&](int w, Accumulator right) {
                sum += down * right * Accumulator(dy(x.c, h, w));
            });
        });
        c.at[1][i] = T(sum);
    }
};

} // namespace strata::inline STRATA_ABI::operations
