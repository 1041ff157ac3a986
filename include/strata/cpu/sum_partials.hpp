#pragma once
/// Kernel of sum_partials: rows are elements, each summed over the chunks in their order.
#include <strata/cpu/kernel.hpp>
#include <strata/plan/operations/sum_partials.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// One function for all sizes: chunks are `stride` numbers apart.
template <class T, class Arch>
[[gnu::noinline]] void sum_chunks(const T* x, int chunks, std::ptrdiff_t stride, T* sums, int count) noexcept {
    each_register<T, Arch>(count, [&](std::ptrdiff_t i, int n) {
        vec<T, Arch> sum = load<T, Arch>(x + i, n);
        for (int chunk = 1; chunk < chunks; ++chunk) sum += load<T, Arch>(x + i + chunk * stride, n);
        store<T, Arch>(sums + i, sum, n);
    });
}

template <key K, class F, class T, class Arch>
struct kernel<operations::sum_partials::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        sum_chunks<T, Arch>(c.at[0] + c.first, c.chunks, padded_to(K.x.size(), alignment_elements), c.at[1] + c.first,
                            c.last - c.first);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
