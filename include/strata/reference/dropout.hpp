#pragma once
/// Kernel of dropout:  y = x / (1 − p) where the element is kept, else 0.
/// The gradient is scaled likewise, with the same bits.
#include <strata/call/dropout_bits.hpp>
#include <strata/call/views.hpp>
#include <strata/operations/pointwise/dropout.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

template <key K, class F, class T>
struct kernel<operations::dropout::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const T* x = sample(c.at[0], n, K.x);
            T* y = sample(c.at[1], n, K.x);
            for (int e = 0; e < K.x.size(); ++e) {
                const auto four = dropout_bits(c.random, c.ordinal, n, e / 4);
                y[e] = dropout_keeps(four[e % 4], K.real) ? T(double(x[e]) / (1 - K.real)) : T(0);
            }
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
