#pragma once
/// shape — the extents of one sample's value, without the batch: features [F] has rank 1, an image [C, H, W] rank 3.
/// It has plain scalars only, so that every compiler accepts it inside a template argument.
#include <strata/base/host_device.hpp>

namespace strata::inline STRATA_ABI {

struct shape {
    int d0 = 0, d1 = 0, d2 = 0, d3 = 0, rank = 0;

    constexpr shape() = default;
    constexpr explicit shape(int a) : d0(a), rank(1) {}
    constexpr shape(int a, int b) : d0(a), d1(b), rank(2) {}
    constexpr shape(int a, int b, int c) : d0(a), d1(b), d2(c), rank(3) {}
    /// Member by member, as nvcc writes a shape in the code that it generates to launch a kernel.
    constexpr shape(int a, int b, int c, int d, int r) : d0(a), d1(b), d2(c), d3(d), rank(r) {}
    constexpr shape(int a, int b, int c, int d) : d0(a), d1(b), d2(c), d3(d), rank(4) {}

    /// The number of elements.
    [[nodiscard]] STRATA_HD constexpr long long size() const {
        return rank == 0 ? 0LL : 1LL * d0 * (rank > 1 ? d1 : 1) * (rank > 2 ? d2 : 1) * (rank > 3 ? d3 : 1);
    }
    /// Can an int count the elements? (In double, which cannot overflow.)
    [[nodiscard]] constexpr bool countable() const {
        return 1.0 * d0 * (rank > 1 ? d1 : 1) * (rank > 2 ? d2 : 1) * (rank > 3 ? d3 : 1) <= 2147483647.0;
    }
    [[nodiscard]] STRATA_HD constexpr int operator[](int axis) const {
        return axis == 0 ? d0 : axis == 1 ? d1 : axis == 2 ? d2 : d3;
    }
    friend constexpr bool operator==(const shape&, const shape&) = default;
};

} // namespace strata::inline STRATA_ABI
