#pragma once
/// Kernel of shared_dropout: what a unit's numbers are multiplied with is drawn once for each sample, into scratch.
#include <strata/cpu/kernel.hpp>
#include <strata/operations/pointwise/shared_dropout.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// One sample: rows of `units` adjacent numbers, or one unit alone. A scale of 0 drops whatever is there.
template <class T, class Arch>
[[gnu::noinline]] void drop_rows(const T* x, const T* scales, T* y, std::ptrdiff_t rows, int units) noexcept {
    using V = vec<T, Arch>;
    const V zero(T(0)), one_scale(scales[0]);
    const auto scaled = [&](const V& of, const V& scale) { return xsimd::select(scale == zero, zero, of * scale); };
    if (units == 1) {
        each_register<T, Arch>(rows, [&](std::ptrdiff_t i, int n) {
            store<T, Arch>(y + i, scaled(load<T, Arch>(x + i, n), one_scale), n);
        });
        return;
    }
    for (; rows > 0; --rows, x += units, y += units)
        each_register<T, Arch>(units, [&](std::ptrdiff_t i, int n) {
            store<T, Arch>(y + i, scaled(load<T, Arch>(x + i, n), load<T, Arch>(scales + i, n)), n);
        });
}

template <key K, class F, class T, class Arch>
struct kernel<operations::shared_dropout::kind, K, F, T, Arch> {
    static constexpr int units = K.w.d0, scratch = units;
    static_assert(units == 1 || units == K.x.size() || K.channels_last || K.x.axes == role::sequence,
                  "strata: shared_dropout of the policy cpu has channels last");
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t size = K.x.size();
        constexpr T scale = static_cast<T>(1 / (1 - K.real));
        for (int s = c.first; s < c.last; ++s) {
            for (int four = 0; four < units; four += 4) {
                const auto bits = dropout_bits(c.random, c.ordinal, s, four / 4);
                for (int i = 0; i < 4 && four + i < units; ++i)
                    c.scratch[four + i] = dropout_keeps(bits[i], K.real) ? scale : T(0);
            }
            drop_rows<T, Arch>(c.at[0] + s * size, c.scratch, c.at[1] + s * size, size / units, units);
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
