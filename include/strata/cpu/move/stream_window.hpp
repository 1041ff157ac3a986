#pragma once
/// Kernel of stream_window. Inside the network the channels of a time are adjacent, so times are copied whole.
#include <strata/call/ring_of_times.hpp>
#include <strata/cpu/kernel.hpp>
#include <strata/operations/move/stream_window.hpp>

#include <cstring>

namespace strata::inline STRATA_ABI::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<operations::stream_window::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int hop = K.x.d2, past = K.w.d1, times = K.y.d2, spacing = K.win.dilation_w;
        const ring_of_times ring(c.steps, hop, past);
        const T* const x = c.at[0];
        T* const state = c.at[1];
        for (int r = 0, t = -past; r < times; ++r, t += spacing)
            copy(c.at[2] + r * channels, t < 0 ? state + ring.row(t) * channels : x + t * channels);
        for (int t = hop > past ? hop - past : 0; t < hop; ++t) copy(state + ring.row(t) * channels, x + t * channels);
    }

  private:
    static constexpr std::ptrdiff_t channels = K.x.d0;
    /// Extents known at compile time: a few registers' loads and stores.
    static void copy(T* to, const T* from) noexcept { std::memcpy(to, from, channels * sizeof(T)); }
};

} // namespace strata::inline STRATA_ABI::on_cpu
