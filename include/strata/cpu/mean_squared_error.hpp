#pragma once
/// Kernel of mean_squared_error.
#include <strata/cpu/kernel.hpp>

namespace strata::inline v0_1::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<op::mean_squared_error, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        constexpr std::ptrdiff_t size = K.x.size();
        const T factor = T(2) / (static_cast<T>(size) * static_cast<T>(c.batch));
        for (int s = c.first; s < c.last; ++s) {
            const T* const x = c.at[0] + s * size;
            const T* const t = c.at[1] + s * size;
            V squares(T(0));
            each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
                const V d = load<T, Arch>(x + i, n) - load<T, Arch>(t + i, n);
                squares = multiply_add<T, Arch>(d, d, squares);
                if constexpr (K.gradient) store<T, Arch>(c.at[3] + s * size + i, d * V(factor), n);
            });
            alignas(64) T parts[lanes_of<T, Arch>];
            squares.store_aligned(parts);
            T sum = 0;
            for (const T part : parts) sum += part;
            c.at[2][s] = sum / static_cast<T>(size);
        }
    }
};

} // namespace strata::inline v0_1::on_cpu
