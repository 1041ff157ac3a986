#pragma once
/// reflect_pad, replicate_pad — y[c,i,j] = x[c, source(i−top), source(j−left)]: rows and columns around an image, made
/// of its own: reflected at the border, which is not repeated, or the border itself.
///   reflect     source(p) = |p|, and 2 (n − 1) − p behind the last of n
///   replicate   source(p) = the nearest of 0 ... n − 1
/// The key's window holds how many there are at the four sides.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

struct reflected {
    STRATA_HD static constexpr int source(int p, int n) { return p < 0 ? -p : p < n ? p : 2 * (n - 1) - p; }
    /// visit(i) for every place, counted from the first of the padded ones, that reads p: its own place first.
    STRATA_ANY_CALLER
    template <class Visit>
    STRATA_HD static constexpr void each_reader(int p, int n, int before, int after, Visit visit) {
        visit(before + p);
        if (p >= 1 && p <= before) visit(before - p);
        if (p <= n - 2 && n - 1 - p <= after) visit(before + 2 * (n - 1) - p);
    }
};
struct replicated {
    STRATA_HD static constexpr int source(int p, int n) { return p < 0 ? 0 : p < n ? p : n - 1; }
    STRATA_ANY_CALLER
    template <class Visit>
    STRATA_HD static constexpr void each_reader(int p, int n, int before, int after, Visit visit) {
        visit(before + p);
        for (int i = 0; p == 0 && i < before; ++i) visit(i);
        for (int i = 0; p == n - 1 && i < after; ++i) visit(before + n + i);
    }
};

/// dx[c,h,w] = sum of dy over the places that read it.   Operands: dy → dx
struct reflect_pad_gradient {
    static constexpr const char* name = "reflect_pad_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.y.size(); }
};
struct replicate_pad_gradient {
    static constexpr const char* name = "replicate_pad_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.y.size(); }
};

namespace parts {
template <class Operation>
constexpr value append_border_pad(graph& g, value x, const window& around, const shape& y) {
    key k;
    k.x = g.extents(x);
    k.y = y;
    k.win = around;
    return g.apply<Operation>(k, {x}, y);
}
} // namespace parts

/// Operands: x → y
struct reflect_pad {
    static constexpr const char* name = "reflect_pad";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value x, const window& around, const shape& y) {
        return parts::append_border_pad<reflect_pad>(g, x, around, y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<reflect_pad_gradient>(o.k, {d.of(o.out[0])}, o.k.x));
    }
};
struct replicate_pad {
    static constexpr const char* name = "replicate_pad";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value x, const window& around, const shape& y) {
        return parts::append_border_pad<replicate_pad>(g, x, around, y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<replicate_pad_gradient>(o.k, {d.of(o.out[0])}, o.k.x));
    }
};

namespace parts {
template <key K, class Border>
struct border_pad_values {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        c.at[1][i] = image_of(c.at[0], at.n, K.x, K.channels_last)(y.c, Border::source(y.h - K.win.top, K.x.d1),
                                                                   Border::source(y.w - K.win.left, K.x.d2));
    }
};
template <key K, class Border>
struct border_pad_gradients {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image x(at.e, K.x, K.channels_last);
        const auto dy = image_of(c.at[0], at.n, K.y, K.channels_last);
        Accumulator sum = 0;
        Border::each_reader(x.h, K.x.d1, K.win.top, K.win.bottom, [&](int h) {
            Border::each_reader(x.w, K.x.d2, K.win.left, K.win.right,
                                [&](int w) { sum += Accumulator(dy(x.c, h, w)); });
        });
        c.at[1][i] = T(sum);
    }
};
} // namespace parts

template <key K, class F>
struct definition<reflect_pad::kind, K, F> : parts::border_pad_values<K, reflected> {};
template <key K, class F>
struct definition<replicate_pad::kind, K, F> : parts::border_pad_values<K, replicated> {};
template <key K, class F>
struct definition<reflect_pad_gradient::kind, K, F> : parts::border_pad_gradients<K, reflected> {};
template <key K, class F>
struct definition<replicate_pad_gradient::kind, K, F> : parts::border_pad_gradients<K, replicated> {};

} // namespace strata::inline STRATA_ABI::operations
