#pragma once
/// Kernel of transpose_weight: rows of the result are filters, their columns what a filter meets of the image.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/transpose.hpp>

namespace strata::inline v0_1::on_cpu {

/// Filters [first, last) of one group, of `rows` numbers each.
template <class T, class Arch>
[[gnu::noinline]] void transpose_panels(const T* w, T* to, int first, int last, int rows, int filters) noexcept {
    constexpr int lanes = lanes_of<T, Arch>;
    const std::ptrdiff_t to_row = transposed_row(rows, lanes);
    for (int f = first; f < last;) {
        const int panel = f - f % (2 * lanes), width = panel_width(panel, filters, lanes);
        const int end = panel + width < last ? panel + width : last;
        transpose<T, Arch>(w + std::ptrdiff_t(panel) * rows + f - panel, width, to + (f - first) * to_row, to_row, rows, end - f);
        f = end;
    }
    for (int f = 0; f < last - first; ++f)
        for (std::ptrdiff_t i = rows; i < to_row; ++i) to[f * to_row + i] = T(0);
}

template <key K, class F, class T, class Arch>
struct kernel<op::transpose_weight, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int filters = K.x.d0 / K.groups, rows = K.x.d1 * K.x.d2 * K.x.d3;
        constexpr std::ptrdiff_t group_size = std::ptrdiff_t(rows) * padded_to(filters, K.lanes);
        for (int f = c.first; f < c.last;) {
            const int group = f / filters, first = group * filters, end = first + filters < c.last ? first + filters : c.last;
            transpose_panels<T, Arch>(c.at[0] + group * group_size, c.at[1] + std::ptrdiff_t(f) * transposed_row(rows, K.lanes),
                                      f - first, end - first, rows, filters);
            f = end;
        }
    }
};

} // namespace strata::inline v0_1::on_cpu
