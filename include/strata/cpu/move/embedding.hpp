#pragma once
/// Kernels of embedding and its gradient. A task of the gradient is a range of the table's rows: it looks at all tokens
/// of the batch in their order and adds the gradients of those in its range. So each row's sum has the same order
/// whatever the tasks are, and nothing has to be sorted.
#include <strata/cpu/kernel.hpp>
#include <strata/operations/move/embedding.hpp>

#include <limits>

namespace strata::inline STRATA_ABI::on_cpu {

template <class T, class Arch>
[[gnu::noinline]] void embedding_rows(const std::int32_t* tokens, const T* table, T* y, int positions, int rows,
                                      int width) noexcept {
    const vec<T, Arch> none(std::numeric_limits<T>::quiet_NaN());
    for (int t = 0; t < positions; ++t, y += width) {
        const bool is_there = tokens[t] >= 0 && tokens[t] < rows;
        const T* const row = table + std::ptrdiff_t(is_there ? tokens[t] : 0) * width;
        each_register<T, Arch>(width, [&](std::ptrdiff_t i, int n) {
            store<T, Arch>(y + i, is_there ? load<T, Arch>(row + i, n) : none, n);
        });
    }
}

/// Rows [first, last) of dw.
template <class T, class Arch>
[[gnu::noinline]] void embedding_gradients(const std::int32_t* tokens, const T* dy, T* dw, int positions, int first,
                                           int last, int width) noexcept {
    const std::ptrdiff_t begin = std::ptrdiff_t(first) * width;
    each_register<T, Arch>(std::ptrdiff_t(last - first) * width,
                           [&](std::ptrdiff_t i, int n) { store<T, Arch>(dw + begin + i, vec<T, Arch>(T(0)), n); });
    for (int t = 0; t < positions; ++t, dy += width) {
        if (tokens[t] < first || tokens[t] >= last) continue;
        T* const row = dw + std::ptrdiff_t(tokens[t]) * width;
        each_register<T, Arch>(width, [&](std::ptrdiff_t i, int n) {
            store<T, Arch>(row + i, load<T, Arch>(row + i, n) + load<T, Arch>(dy + i, n), n);
        });
    }
}

template <key K, class F, class T, class Arch>
struct kernel<operations::embedding::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        embedding_rows<T, Arch>(c.integers(0) + c.first, c.at[1], c.at[2] + std::ptrdiff_t(c.first) * K.y.d0,
                                c.last - c.first, K.w.d0, K.y.d0);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::embedding_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        embedding_gradients<T, Arch>(c.integers(0), c.at[1], c.at[2], c.batch, c.first, c.last, K.y.d0);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
