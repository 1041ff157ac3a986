#pragma once
/// kernel — the extent of a window: conv<16, 5> is 5 x 5, conv<16, kernel(3, 5)> has 3 rows and 5 columns.
#include <strata/base/words/text.hpp>

namespace strata::inline STRATA_ABI {

struct kernel {
    int h = 1, w = 1;
    constexpr kernel(int both) : h(both), w(both) {}
    constexpr kernel(int rows, int columns) : h(rows), w(columns) {}
    friend constexpr bool operator==(const kernel&, const kernel&) = default;

    constexpr void spell(text& t) const { h == w ? t.add(h) : t.add("kernel(", h, ", ", w, ")"); }
};

} // namespace strata::inline STRATA_ABI
