#pragma once
/// Kernel of multiply.
#include <strata/cpu/kernel.hpp>
#include <strata/operations/join/multiply.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<operations::multiply::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t size = K.x.size();
        const std::ptrdiff_t first = c.first * size;
        each_register<T, Arch>((c.last - c.first) * size, [&](std::ptrdiff_t i, int n) {
            store<T, Arch>(c.at[2] + first + i,
                           load<T, Arch>(c.at[0] + first + i, n) * load<T, Arch>(c.at[1] + first + i, n), n);
        });
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
