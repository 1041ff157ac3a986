#pragma once
/// Kernels of softmax, over features or over the channels of each pixel.
#include <strata/call/views.hpp>
#include <strata/operations/norm/softmax.hpp>
#include <strata/reference/kernel.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::on_reference {

/// y[k] = exp(x[k]) / sum_j exp(x[j]), every x reduced by the largest, so that no exponential overflows
template <key K, class F, class T>
struct kernel<operations::softmax::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto x = channels_of(c.at[0], n, K.x), y = channels_of(c.at[1], n, K.x);
            for (int p = 0; p < positions_of(K.x); ++p) {
                double largest = x(0, p), sum = 0;
                for (int k = 1; k < K.x.d0; ++k) largest = std::fmax(largest, double(x(k, p)));
                for (int k = 0; k < K.x.d0; ++k) sum += std::exp(double(x(k, p)) - largest);
                for (int k = 0; k < K.x.d0; ++k) y(k, p) = T(std::exp(double(x(k, p)) - largest) / sum);
            }
        }
    }
};

/// dx[k] = y[k] · (dy[k] − sum_j dy[j] · y[j])
template <key K, class F, class T>
struct kernel<operations::softmax_gradient::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto y = channels_of(c.at[0], n, K.x), dy = channels_of(c.at[1], n, K.x);
            const auto dx = channels_of(c.at[2], n, K.x);
            for (int p = 0; p < positions_of(K.x); ++p) {
                double sum = 0;
                for (int j = 0; j < K.x.d0; ++j) sum += double(dy(j, p)) * double(y(j, p));
                for (int k = 0; k < K.x.d0; ++k) dx(k, p) = T(double(y(k, p)) * (double(dy(k, p)) - sum));
            }
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
