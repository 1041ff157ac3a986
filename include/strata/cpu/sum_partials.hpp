#pragma once
/// Kernel of sum_partials: rows are elements, each summed over the chunks in their order.
#include <strata/cpu/kernel.hpp>

namespace strata::inline v0_1::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<op::sum_partials, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t stride = padded_to(K.x.size(), alignment_elements);
        each_register<T, Arch>(c.last - c.first, [&](std::ptrdiff_t i, int n) {
            const T* const x = c.at[0] + c.first + i;
            vec<T, Arch> sum = load<T, Arch>(x, n);
            for (int chunk = 1; chunk < c.chunks; ++chunk) sum += load<T, Arch>(x + chunk * stride, n);
            store<T, Arch>(c.at[1] + c.first + i, sum, n);
        });
    }
};

} // namespace strata::inline v0_1::on_cpu
