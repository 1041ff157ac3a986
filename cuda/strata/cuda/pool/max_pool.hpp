#pragma once
/// Kernels of max_pool. A window's maximum is its first one in reading order; NaN counts as the largest. A window that
/// is entirely in the padding has none, and its y is −infinity.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/pool/max_pool.hpp>

#include <limits>

namespace strata::inline STRATA_ABI::on_cuda {

/// The position of the maximum of window (i, j) of channel c; row −1 if there is none.
struct maximum {
    int h = -1, w = -1;
};
template <key K, class T>
STRATA_HD maximum first_maximum(const image_view<T>& x, int c, int i, int j) {
    maximum best;
    each_tap<K>(i, j, [&](int, int, int h, int w) {
        if (best.h < 0) {
            best = {h, w};
            return;
        }
        const T largest = x(c, best.h, best.w), here = x(c, h, w);
        if (here > largest || (here != here && largest == largest)) best = {h, w};
    });
    return best;
}

/// y[n,c,i,j] = max_{u,v} x[n, c, i·S+u·D−top, j·S+v·D−left], over the positions inside the input
template <key K, class F, class T>
struct kernel<operations::max_pool::kind, K, F, T> {
    static constexpr T nothing = -std::numeric_limits<T>::infinity();

    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.y.size(); }
    STRATA_HD static void item(const call<T>& c, long long index) {
        const place_in_batch at(index, K.y.size());
        const place_in_image y(at.e, K.y);
        const auto x = image_sample(c.at[0], at.n, K.x);
        const maximum found = first_maximum<K>(x, y.c, y.h, y.w);
        c.at[1][index] = found.h < 0 ? nothing : x(y.c, found.h, found.w);
    }
};

/// dx[n,c,h,w] = sum of dy over the windows whose maximum is there, times the derivative of F, computed from its result
/// x
/// Operands: x, y, dy → dx
template <key K, class F, class T>
struct kernel<operations::max_pool_gradient::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long index) {
        const place_in_batch at(index, K.x.size());
        const place_in_image here(at.e, K.x);
        const auto x = image_sample(c.at[0], at.n, K.x), dy = image_sample(c.at[2], at.n, K.y);
        T sum = 0;
        each_reader<K>(here.h, here.w, [&](int, int, int i, int j) {
            const maximum found = first_maximum<K>(x, here.c, i, j);
            if (found.h == here.h && found.w == here.w) sum += dy(here.c, i, j);
        });
        if constexpr (requires { F::df_of_output(sum); }) sum *= F::df_of_output(x(here.c, here.h, here.w));
        c.at[3][index] = sum;
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
