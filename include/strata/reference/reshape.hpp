#pragma once
/// Kernels of reorder and copy. A reshape has none: the lay-out pass turns it into a reorder or into nothing.
#include <strata/call/views.hpp>
#include <strata/plan/operations/reshape.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

/// Element (c, p) of [C, H·W] is element (p, c) of [H·W, C], and back.
template <key K, class F, class T>
struct kernel<operations::reorder::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto first = channels_of(c.at[K.from_channels_last ? 1 : 0], n, K.x);
            const matrix_view<T> last{sample(c.at[K.from_channels_last ? 0 : 1], n, K.x), K.x.d0};
            for (int ch = 0; ch < K.x.d0; ++ch)
                for (int p = 0; p < positions_of(K.x); ++p) {
                    if constexpr (K.from_channels_last) first(ch, p) = last(p, ch);
                    else last(p, ch) = first(ch, p);
                }
        }
    }
};

/// y = x
template <key K, class F, class T>
struct kernel<operations::copy::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n)
            for (int e = 0; e < K.x.size(); ++e)
                if constexpr (K.integers) sample(c.integers(1), n, K.x)[e] = sample(c.integers(0), n, K.x)[e];
                else sample(c.at[1], n, K.x)[e] = sample(c.at[0], n, K.x)[e];
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
