#pragma once
/// Kernel of transpose_weight. This policy's plans never hold it: it defines the packed formats.
///   conv_taps [G, KH, KW, C/G, F/G'] → [G, KH, KW, F/G, C/G'],   ' padded to the lanes;
///   affine_rows [F, U'] → [U, F'] is the same with one group and one tap.
/// A task has rows [first, last) of the result; their padding is zero.
#include <strata/reference/kernel.hpp>
#include <strata/run/views.hpp>

namespace strata::inline v0_1::on_reference {

template <key K, class F, class T> struct kernel<op::transpose_weight, K, F, T> {
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
