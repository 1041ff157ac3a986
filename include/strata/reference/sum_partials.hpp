#pragma once
/// Kernel of sum_partials:  y[e] = sum over the chunks of x[chunk, e], in their order.
/// A task has the elements [first, last).
#include <strata/plan/operations/sum_partials.hpp>
#include <strata/reference/kernel.hpp>

#include <cstddef>

namespace strata::inline STRATA_ABI::on_reference {

template <key K, class F, class T>
struct kernel<operations::sum_partials::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t chunk = padded_to(K.x.size(), alignment_elements);
        for (int e = c.first; e < c.last; ++e) {
            double sum = 0;
            for (int j = 0; j < c.chunks; ++j) sum += c.at[0][j * chunk + e];
            c.at[1][e] = T(sum);
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
