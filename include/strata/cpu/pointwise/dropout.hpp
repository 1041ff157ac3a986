#pragma once
/// Kernel of dropout: the bits are those of call/dropout_bits.hpp, which depend on the element's conventional place.
#include <strata/call/dropout_bits.hpp>
#include <strata/cpu/kernel.hpp>
#include <strata/operations/pointwise/dropout.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<operations::dropout::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int C = K.x.d0, size = static_cast<int>(K.x.size()), positions = positions_of(K.x);
        constexpr T scale = static_cast<T>(1 / (1 - K.real));
        for (int s = c.first; s < c.last; ++s) {
            const T* const x = c.at[0] + std::ptrdiff_t(s) * size;
            T* const y = c.at[1] + std::ptrdiff_t(s) * size;
            for (int four = 0; four < size; four += 4) {
                const auto bits = dropout_bits(c.random, c.ordinal, s, four / 4);
                const int end = size - four < 4 ? size - four : 4;
                for (int i = 0; i < end; ++i) {
                    const int e = four + i;
                    const int at = K.channels_last ? e % positions * C + e / positions : e;
                    y[at] = dropout_keeps(bits[i], K.real) ? x[at] * scale : T(0);
                }
            }
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
