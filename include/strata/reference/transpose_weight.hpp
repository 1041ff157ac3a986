#pragma once
/// Kernel of transpose_weight. This policy's plans never hold it: it defines the packed format.
///   conv_panels [G, KH·KW·C/G, F/G] → [F, KH·KW·C/G]
/// A task has filters [first, last); the padding behind each is zero.
#include <strata/plan/weight_layout.hpp>
#include <strata/reference/kernel.hpp>
#include <strata/run/views.hpp>

namespace strata::inline v0_1::on_reference {

template <key K, class F, class T> struct kernel<op::transpose_weight, K, F, T> {
    static void run(const call<T>& c) noexcept {
        constexpr int filters = K.x.d0 / K.groups, rows = K.x.d1 * K.x.d2 * K.x.d3;
        const matrix_view<T> t{c.at[1], transposed_row(rows, K.lanes)};
        for (int f = c.first; f < c.last; ++f) {
            const T* const w = c.at[0] + f / filters * static_cast<long long>(rows) * padded_to(filters, K.lanes); // of its group
            for (int i = 0; i < t.columns; ++i)
                t(f, i) = i < rows ? w[panel_index(i, f % filters, rows, filters, K.lanes)] : T(0);
        }
    }
};

} // namespace strata::inline v0_1::on_reference
