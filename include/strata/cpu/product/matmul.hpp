#pragma once
/// Kernel of matmul: a product of register tiles for each sample. A transposed w is first brought into panels, as the
/// tiles read it. The extents are run-time numbers, so that all of a program's products share one function.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/product/product.hpp>
#include <strata/operations/product/matmul.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// w [columns, inner] as the panels of its transpose [inner, columns]; lanes behind the last column are zero.
template <class T, class Arch>
[[gnu::noinline]] void transposed_panels(const T* w, int inner, int columns, T* to) noexcept {
    constexpr int lanes = lanes_of<T, Arch>, panel = tile_registers * lanes;
    for (int n = 0; n < columns; n += panel) {
        const int width = panel_width(n, columns, lanes), used = columns - n < width ? columns - n : width;
        T* const begin = to + std::ptrdiff_t(n) * inner;
        if (used < width)
            for (std::ptrdiff_t i = 0; i < std::ptrdiff_t(width) * inner; i += lanes)
                vec<T, Arch>(T(0)).store_unaligned(begin + i);
        transpose<T, Arch>(w + std::ptrdiff_t(n) * inner, inner, begin, width, used, inner);
    }
}
/// Numbers of memory for them.
template <class T, class Arch>
constexpr int panels_of_transposed(int inner, int columns) {
    return padded_to(inner * padded_to(columns, lanes_of<T, Arch>), alignment_elements);
}

template <class T, class Arch>
[[gnu::noinline]] void matrix_products(const T* x, const T* w, T* y, int samples, int rows, int inner, int columns,
                                       bool transposed_x, bool transposed_w, T* scratch) noexcept {
    product<T> p;
    p.m = rows, p.n = columns, p.k = inner;
    p.a_m = transposed_x ? 1 : inner, p.a_k = transposed_x ? rows : 1;
    p.scratch = scratch + (transposed_w ? panels_of_transposed<T, Arch>(inner, columns) : 0);
    for (std::ptrdiff_t n = 0; n < samples; ++n) {
        const T* const factor = w + n * inner * columns;
        p.a = x + n * rows * inner;
        p.b = {factor, columns};
        if (transposed_w) transposed_panels<T, Arch>(factor, inner, columns, scratch), p.b = {scratch, 0, inner};
        p.c = {y + n * rows * columns, columns};
        multiply<T, Arch>(p);
    }
}

template <key K, class F, class T, class Arch>
struct kernel<operations::matmul::kind, K, F, T, Arch> {
    static constexpr int inner = operations::matmul::inner(K), columns = K.y.d1;
    static constexpr int scratch =
        K.transposed_w ? panels_of_transposed<T, Arch>(inner, columns) + scratch_of_product<T, Arch>(columns, true)
                       : scratch_of_product<T, Arch>(columns, columns % lanes_of<T, Arch> == 0);
    static void run(const call<T>& c) noexcept {
        matrix_products<T, Arch>(sample(c.at[0], c.first, K.x), sample(c.at[1], c.first, K.w),
                                 sample(c.at[2], c.first, K.y), c.last - c.first, K.y.d0, inner, columns,
                                 K.transposed_x, K.transposed_w, c.scratch);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
