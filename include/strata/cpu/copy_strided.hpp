#pragma once
/// copy_strided — to[i] = from[i·stride], i < count: a column becomes a row. The stride is a run-time number, so that all
/// transposes of a program share one function.
#include <cstddef>

namespace strata::inline v0_1::on_cpu {

template <class T, class Arch>
[[gnu::noinline]] void copy_strided(const T* from, std::ptrdiff_t stride, T* to, int count) noexcept {
    for (int i = 0; i < count; ++i) to[i] = from[i * stride];
}

} // namespace strata::inline v0_1::on_cpu
