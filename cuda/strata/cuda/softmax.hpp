#pragma once
/// Kernels of softmax, over features or over the channels of each pixel; a thread a pixel.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/norm/softmax.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::on_cuda {

/// y[k] = exp(x[k]) / sum_j exp(x[j]), every x reduced by the largest, so that no exponential overflows
template <key K, class F, class T>
struct kernel<operations::softmax::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return 1LL * c.batch * positions_of(K.x); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        using std::exp, std::fmax;
        const place_in_batch at(i, positions_of(K.x));
        const auto x = channels_of(c.at[0], at.n, K.x), y = channels_of(c.at[1], at.n, K.x);
        T largest = x(0, at.e), sum = 0;
        for (int k = 1; k < K.x.d0; ++k) largest = fmax(largest, x(k, at.e));
        for (int k = 0; k < K.x.d0; ++k) sum += y(k, at.e) = exp(x(k, at.e) - largest);
        for (int k = 0; k < K.x.d0; ++k) y(k, at.e) /= sum;
    }
};

/// dx[k] = y[k] · (dy[k] − sum_j dy[j] · y[j])
template <key K, class F, class T>
struct kernel<operations::softmax_gradient::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return 1LL * c.batch * positions_of(K.x); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, positions_of(K.x));
        const auto y = channels_of(c.at[0], at.n, K.x), dy = channels_of(c.at[1], at.n, K.x);
        const auto dx = channels_of(c.at[2], at.n, K.x);
        T sum = 0;
        for (int j = 0; j < K.x.d0; ++j) sum += dy(j, at.e) * y(j, at.e);
        for (int k = 0; k < K.x.d0; ++k) dx(k, at.e) = y(k, at.e) * (dy(k, at.e) - sum);
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
