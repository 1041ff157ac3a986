#pragma once
/// Kernel of elementwise_loss.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/pointwise/function_register.hpp>
#include <strata/operations/loss/elementwise_loss.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<operations::elementwise_loss::kind, K, F, T, Arch> {
    /// Does F take vector registers? A function of plain numbers runs element by element instead; tests assert which.
    static constexpr bool vectorized = requires(function_register<T, Arch> v) { F::f(v, v); };

    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        constexpr std::ptrdiff_t size = K.x.size();
        const T equal_share = T(1) / (static_cast<T>(size) * static_cast<T>(c.batch));
        for (int s = c.first; s < c.last; ++s) {
            const T weight = c.weight(s), share = equal_share * weight;
            const T* const x = c.at[0] + s * size;
            const T* const t = c.at[1] + s * size;
            T sum = 0;
            if constexpr (vectorized) {
                V whole(T(0));
                alignas(64)
                    T parts[lanes_of<T, Arch>]{}; // a register's unused lanes are no elements: f(0, 0) may be anything
                each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
                    const function_register<T, Arch> a = load<T, Arch>(x + i, n), b = load<T, Arch>(t + i, n);
                    if constexpr (K.gradient) store<T, Arch>(c.at[3] + s * size + i, V(F::df(a, b)) * V(share), n);
                    if (n == lanes_of<T, Arch>) whole += V(F::f(a, b));
                    else store_partial<T, Arch>(parts, V(F::f(a, b)), n);
                });
                whole += V::load_aligned(parts);
                whole.store_aligned(parts);
                for (const T part : parts) sum += part;
            } else {
                for (std::ptrdiff_t i = 0; i < size; ++i) {
                    sum += static_cast<T>(F::f(x[i], t[i]));
                    if constexpr (K.gradient) c.at[3][s * size + i] = static_cast<T>(F::df(x[i], t[i])) * share;
                }
            }
            c.at[2][s] = weight * (sum / static_cast<T>(size));
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
