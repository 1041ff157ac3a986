#pragma once
/// Kernel of transpose_weight, which this policy's plans never hold: it defines the packed formats (' padded to the lanes).
///   conv_taps [G, KH, KW, C/G, F/G'] → [G, KH, KW, F/G, C/G'];  affine_rows [F, U'] → [U, F'] is the same with one tap
/// A task has rows [first, last) of the result; their padding is zero.
#include <strata/reference/kernel.hpp>
#include <strata/reference/views.hpp>

namespace strata::inline v0_1::on_reference {

template <key K, class F, class T>
struct kernel<op::transpose_weight, K, F, T> {
    static void run(const call<T>& c) noexcept {
        constexpr int out = K.x.d0 / K.groups, in = K.x.d1;
        const matrix_view<T> w{c.at[0], padded_to(out, K.lanes)}, t{c.at[1], padded_to(in, K.lanes)};
        for (int row = c.first; row < c.last; ++row) {
            const int tap = row / out, o = row % out; // tap counts the groups as well
            for (int i = 0; i < t.columns; ++i) t(row, i) = i < in ? w(tap * in + i, o) : T(0);
        }
    }
};

} // namespace strata::inline v0_1::on_reference
