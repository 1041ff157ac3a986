#pragma once
/// adaptive_max_pool — y[n,c,i,j] = the largest value of window (i, j), the windows being an image cut into a given
/// number of rows and columns (call/adaptive_windows.hpp). NaN counts as the largest, so that it stays visible.
#include <strata/call/adaptive_windows.hpp>
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// The gradient goes to the first maximum of its window, in reading order.   Operands: x, y, dy → dx
struct adaptive_max_pool_gradient {
    static constexpr const char* name = "adaptive_max_pool_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return adaptive_cost(k); }
};

/// Operands: x → y
struct adaptive_max_pool {
    static constexpr const char* name = "adaptive_max_pool";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return adaptive_cost(k); }

    static constexpr value append(graph& g, value x, const shape& y) {
        key k;
        k.x = g.extents(x);
        k.y = y;
        return g.apply<adaptive_max_pool>(k, {x}, y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<adaptive_max_pool_gradient>(o.k, {o.in[0], o.out[0], d.of(o.out[0])}, o.k.x));
    }
};

namespace parts {
/// The place of the first maximum of window (i, j) of channel c.
struct adaptive_maximum {
    int h = -1, w = -1;
    template <key K, class T>
    STRATA_HD static constexpr adaptive_maximum of(const strided_image<T>& x, int c, int i, int j) {
        adaptive_maximum best;
        each_adaptive_tap<K>(i, j, [&](int row, int column) {
            const T here = x(c, row, column);
            if (best.h < 0 || here > x(c, best.h, best.w)
                || (here != here && x(c, best.h, best.w) == x(c, best.h, best.w)))
                best.h = row, best.w = column;
        });
        return best;
    }
};
} // namespace parts

template <key K, class F>
struct definition<adaptive_max_pool::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        const auto x = image_of(c.at[0], at.n, K.x, K.channels_last);
        const auto best = parts::adaptive_maximum::of<K>(x, y.c, y.h, y.w);
        c.at[1][i] = x(y.c, best.h, best.w);
    }
};

template <key K, class F>
struct definition<adaptive_max_pool_gradient::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image p(at.e, K.x, K.channels_last);
        const auto x = image_of(c.at[0], at.n, K.x, K.channels_last),
                   dy = image_of(c.at[2], at.n, K.y, K.channels_last);
        Accumulator sum = 0;
        each_adaptive_reader<K>(p.h, p.w, [&](int h, int w) {
            const auto best = parts::adaptive_maximum::of<K>(x, p.c, h, w);
            if (best.h == p.h && best.w == p.w) sum += Accumulator(dy(p.c, h, w));
        });
        c.at[3][i] = T(sum);
    }
};

} // namespace strata::inline STRATA_ABI::operations
