#pragma once
/// Kernel of normalise, over rows of C channels: pixels of channels-last images, or flat samples.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/norm/batch_norm.hpp>
#include <strata/operations/norm/normalise.hpp>

#include <array>

namespace strata::inline STRATA_ABI::on_cpu {

/// y = (x − mean) · (1 / deviation), without the mean where it is null.
template <class T, class Arch>
[[gnu::noinline]] void normalised_values(const T* x, T* y, std::ptrdiff_t rows, int channels, const T* mean,
                                         const T* deviation, T* scratch) noexcept {
    each_channel_rows<T, Arch>(rows, channels, [&](const channel_rows& part) {
        channel_table<3, T> table(scratch);
        table.template fill<Arch>(part, [&](std::ptrdiff_t c, int n) {
            const vec<T, Arch> zero(T(0));
            alignas(64) T inverse[unsigned(lanes_of<T, Arch>)]{};
            for (int i = 0; i < n; ++i) inverse[i] = T(1) / deviation[c + i]; // lanes behind them hold no number
            return std::array{mean != nullptr ? load<T, Arch>(mean + c, n) : zero, load<T, Arch>(inverse, n), zero};
        });
        scale_rows<T, Arch>(part, x + part.at(), y + part.at(), table);
    });
}

/// y = x · deviation + mean, without the mean where it is null.
template <class T, class Arch>
[[gnu::noinline]] void denormalised_values(const T* x, T* y, std::ptrdiff_t rows, int channels, const T* mean,
                                           const T* deviation, T* scratch) noexcept {
    each_channel_rows<T, Arch>(rows, channels, [&](const channel_rows& part) {
        channel_table<3, T> table(scratch);
        table.template fill<Arch>(part, [&](std::ptrdiff_t c, int n) {
            const vec<T, Arch> zero(T(0));
            return std::array{zero, load<T, Arch>(deviation + c, n),
                              mean != nullptr ? load<T, Arch>(mean + c, n) : zero};
        });
        scale_rows<T, Arch>(part, x + part.at(), y + part.at(), table);
    });
}

template <key K, class F, class T, class Arch>
struct kernel<operations::normalise::kind, K, F, T, Arch> {
    static constexpr int scratch = channel_table<3, T>::scratch;
    static void run(const call<T>& c) noexcept {
        const rows_of_task<K, T> rows(c);
        const T* const mean = K.scale_only ? nullptr : c.at[1];
        if constexpr (K.scaled)
            denormalised_values<T, Arch>(rows.in(c.at[0]), rows.in(c.at[3]), rows.count, K.x.d0, mean, c.at[2],
                                         c.scratch);
        else
            normalised_values<T, Arch>(rows.in(c.at[0]), rows.in(c.at[3]), rows.count, K.x.d0, mean, c.at[2],
                                       c.scratch);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
