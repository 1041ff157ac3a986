#pragma once
/// Kernels of concat and slice, along the channels or features.
#include <strata/call/views.hpp>
#include <strata/operations/join/concat.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

/// y = [x; w]:  the channels of x, then those of w.
template <key K, class F, class T>
struct kernel<operations::concat::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto x = channels_of(c.at[0], n, K.x), w = channels_of(c.at[1], n, K.w);
            const auto y = channels_of(c.at[2], n, K.y);
            for (int ch = 0; ch < K.y.d0; ++ch)
                for (int p = 0; p < positions_of(K.y); ++p) y(ch, p) = ch < K.x.d0 ? x(ch, p) : w(ch - K.x.d0, p);
        }
    }
};

/// y = x[begin, begin + C')
template <key K, class F, class T>
struct kernel<operations::slice::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto x = channels_of(c.at[0], n, K.x), y = channels_of(c.at[1], n, K.y);
            for (int ch = 0; ch < K.y.d0; ++ch)
                for (int p = 0; p < positions_of(K.y); ++p) y(ch, p) = x(K.begin + ch, p);
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
