#pragma once
/// adaptive_avg_pool — y[n,c,i,j] = the mean of window (i, j), the windows being an image cut into a given number of
/// rows and columns (call/adaptive_windows.hpp).
#include <strata/call/adaptive_windows.hpp>
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// dx[n,c,h,w] = sum of dy / area over the windows that hold it.   Operands: dy → dx
struct adaptive_avg_pool_gradient {
    static constexpr const char* name = "adaptive_avg_pool_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return adaptive_cost(k); }
};

/// Operands: x → y
struct adaptive_avg_pool {
    static constexpr const char* name = "adaptive_avg_pool";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return adaptive_cost(k); }

    static constexpr value append(graph& g, value x, const shape& y) {
        key k;
        k.x = g.extents(x);
        k.y = y;
        return g.apply<adaptive_avg_pool>(k, {x}, y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<adaptive_avg_pool_gradient>(o.k, {d.of(o.out[0])}, o.k.x));
    }
};

template <key K, class F>
struct definition<adaptive_avg_pool::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y, K.channels_last);
        const auto x = image_of(c.at[0], at.n, K.x, K.channels_last);
        Accumulator sum = 0;
        each_adaptive_tap<K>(y.h, y.w, [&](int h, int w) { sum += Accumulator(x(y.c, h, w)); });
        c.at[1][i] = T(sum / Accumulator(adaptive_area(K, y.h, y.w)));
    }
};

template <key K, class F>
struct definition<adaptive_avg_pool_gradient::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image x(at.e, K.x, K.channels_last);
        const auto dy = image_of(c.at[0], at.n, K.y, K.channels_last);
        Accumulator sum = 0;
        each_adaptive_reader<K>(
            x.h, x.w, [&](int h, int w) { sum += Accumulator(dy(x.c, h, w)) / Accumulator(adaptive_area(K, h, w)); });
        c.at[1][i] = T(sum);
    }
};

} // namespace strata::inline STRATA_ABI::operations
