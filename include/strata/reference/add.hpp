#pragma once
/// Kernel of add:  y = x + w. Of values that do not scale with the batch there is one "sample".
#include <strata/call/views.hpp>
#include <strata/plan/operations/add.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

template <key K, class F, class T>
struct kernel<operations::add::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const T *x = sample(c.at[0], n, K.x), *w = sample(c.at[1], n, K.w);
            T* y = sample(c.at[2], n, K.y);
            for (int e = 0; e < K.y.size(); ++e) y[e] = x[e] + w[e];
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
