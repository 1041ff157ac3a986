#pragma once
/// sides — rows and columns around an image: pad<1>, pad<sides(1, 2)> with 1 above and below and 2 left and right,
/// pad<sides(1, 2, 3, 4)> for top, bottom, left, right.
#include <strata/base/words/text.hpp>

namespace strata::inline STRATA_ABI {

struct sides {
    int top = 0, bottom = 0, left = 0, right = 0;
    constexpr sides(int all) : sides(all, all) {}
    constexpr sides(int rows, int columns) : sides(rows, rows, columns, columns) {}
    constexpr sides(int above, int below, int before, int after)
        : top(above), bottom(below), left(before), right(after) {}
    friend constexpr bool operator==(const sides&, const sides&) = default;

    constexpr void spell(text& t) const {
        if (top == bottom && left == right && top == left) t.add(top);
        else if (top == bottom && left == right) t.add("sides(", top, ", ", left, ")");
        else t.add("sides(", top, ", ", bottom, ", ", left, ", ", right, ")");
    }
};

} // namespace strata::inline STRATA_ABI
