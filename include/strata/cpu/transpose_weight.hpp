#pragma once
/// Kernel of transpose_weight: rows of the result are outputs of one group and tap, its columns that group's inputs.
#include <strata/cpu/copy_strided.hpp>
#include <strata/cpu/kernel.hpp>

namespace strata::inline v0_1::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<op::transpose_weight, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int outputs = K.x.d0 / K.groups, inputs = K.x.d1;
        constexpr int row = padded_to(outputs, K.lanes), result_row = padded_to(inputs, K.lanes);
        for (int r = c.first; r < c.last; ++r) {
            const int tap = r / outputs, f = r % outputs; // group and tap together
            T* const to = c.at[1] + std::ptrdiff_t(r) * result_row;
            copy_strided<T, Arch>(c.at[0] + std::ptrdiff_t(tap) * inputs * row + f, row, to, inputs);
            for (int i = inputs; i < result_row; ++i) to[i] = T(0);
        }
    }
};

} // namespace strata::inline v0_1::on_cpu
