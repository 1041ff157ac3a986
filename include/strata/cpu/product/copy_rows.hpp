#pragma once
/// copy_rows — rows of numbers, copied a register at a time.
#include <strata/cpu/registers.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// Rows of `count` elements, copied; behind each, zeros up to `width`: as many, or the next whole register.
template <class T, class Arch>
[[gnu::noinline]] void copy_rows(const T* from, std::ptrdiff_t from_row, T* to, std::ptrdiff_t to_row, int rows,
                                 int count, int width) noexcept {
    constexpr int lanes = lanes_of<T, Arch>;
    const int full = count / lanes * lanes, rest = count - full;
    for (int r = 0; r < rows; ++r, from += from_row, to += to_row) {
        for (int i = 0; i < full; i += lanes) vec<T, Arch>::load_unaligned(from + i).store_unaligned(to + i);
        if (rest == 0) continue;
        const auto last = load_partial<T, Arch>(from + full, rest);
        if (width > count) last.store_unaligned(to + full);
        else store_partial<T, Arch>(to + full, last, rest);
    }
}

} // namespace strata::inline STRATA_ABI::on_cpu
