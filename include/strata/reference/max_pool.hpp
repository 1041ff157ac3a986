#pragma once
/// Kernels of max_pool. A window's maximum is its first one in reading order; NaN counts as the largest, so that it
/// stays visible. A window that is entirely in the padding has none: its y is −infinity, as in PyTorch.
#include <strata/call/views.hpp>
#include <strata/call/windows.hpp>
#include <strata/operations/pool/max_pool.hpp>
#include <strata/reference/kernel.hpp>

#include <limits>

namespace strata::inline STRATA_ABI::on_reference {

/// The position of the maximum of window (i, j) of channel c; row −1 if there is none.
struct maximum {
    int h = -1, w = -1;
    friend constexpr bool operator==(const maximum&, const maximum&) = default;
};
template <key K, class T>
constexpr maximum first_maximum(const image_view<T>& x, int c, int i, int j) {
    maximum best;
    each_tap<K>(i, j, [&](int, int, int h, int w) {
        const bool is_number = x(c, h, w) == x(c, h, w);
        if (best.h < 0 || x(c, h, w) > x(c, best.h, best.w)
            || (!is_number && x(c, best.h, best.w) == x(c, best.h, best.w)))
            best = {h, w};
    });
    return best;
}

/// y[n,c,i,j] = max_{u,v} x[n, c, i·S+u·D−top, j·S+v·D−left], over the positions inside the input
template <key K, class F, class T>
struct kernel<operations::max_pool::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto x = image_sample(c.at[0], n, K.x), y = image_sample(c.at[1], n, K.y);
            for (int ch = 0; ch < K.y.d0; ++ch)
                for (int i = 0; i < K.y.d1; ++i)
                    for (int j = 0; j < K.y.d2; ++j) {
                        const maximum at = first_maximum<K>(x, ch, i, j);
                        y(ch, i, j) = at.h < 0 ? -std::numeric_limits<T>::infinity() : x(ch, at.h, at.w);
                    }
        }
    }
};

/// dx[n,c,h,w] = sum of dy over the windows whose maximum is there, times the derivative of F, computed from its result
/// x
/// Operands: x, y, dy → dx
template <key K, class F, class T>
struct kernel<operations::max_pool_gradient::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto x = image_sample(c.at[0], n, K.x), dy = image_sample(c.at[2], n, K.y);
            const auto dx = image_sample(c.at[3], n, K.x);
            for (int ch = 0; ch < K.x.d0; ++ch)
                for (int h = 0; h < K.x.d1; ++h)
                    for (int w = 0; w < K.x.d2; ++w) {
                        double sum = 0;
                        each_reader<K>(h, w, [&](int, int, int i, int j) {
                            if (first_maximum<K>(x, ch, i, j) == maximum{h, w}) sum += dy(ch, i, j);
                        });
                        dx(ch, h, w) = T(sum);
                        if constexpr (requires { F::df_of_output(0.0); })
                            dx(ch, h, w) = T(double(dx(ch, h, w)) * double(F::df_of_output(double(x(ch, h, w)))));
                    }
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
