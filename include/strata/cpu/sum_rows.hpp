#pragma once
/// sum_rows — sums[i] = Σ_r x[r·width + i], r in its order: a bias's gradient. Extents are run-time numbers, so that all
/// layers of a program share one function.
#include <strata/cpu/registers.hpp>

namespace strata::inline v0_1::on_cpu {

template <class T, class Arch>
[[gnu::noinline]] void sum_rows(const T* x, int rows, int width, T* sums) noexcept {
    each_register<T, Arch>(width, [&](std::ptrdiff_t i, int n) {
        vec<T, Arch> sum(T(0));
        for (int r = 0; r < rows; ++r) sum += load<T, Arch>(x + std::ptrdiff_t(r) * width + i, n);
        store<T, Arch>(sums + i, sum, n);
    });
}

} // namespace strata::inline v0_1::on_cpu
