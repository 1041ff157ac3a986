#pragma once
/// weight_layout — where the elements of a parameter lie in memory, for each `weight_format`. Files, users and random
/// numbers see the conventional order; this is the only translation.
#include <strata/plan/graph.hpp>

namespace strata::inline v0_1 {

STRATA_HD constexpr int padded_to(int n, int lanes) { return (n + lanes - 1) / lanes * lanes; }
STRATA_HD constexpr long long padded_to(long long n, int lanes) { return (n + lanes - 1) / lanes * lanes; }

/// Every value starts at a multiple of this many elements: 64 bytes of float, 128 of double.
inline constexpr int alignment_elements = 16;

/// Elements in memory, padding included.
constexpr long long memory_elements(const parameter_info& p) {
    const shape& s = p.extents;
    switch (p.format) {
    case weight_format::affine_rows: return 1LL * s.d1 * padded_to(s.d0, p.lanes);
    case weight_format::conv_taps:
        return 1LL * p.groups * s.d2 * s.d3 * s.d1 * padded_to(s.d0 / p.groups, p.lanes);
    default: return s.size();
    }
}

/// The place in memory of conventional element `i`.
constexpr long long memory_index(const parameter_info& p, long long i) {
    const shape& s = p.extents;
    switch (p.format) {
    case weight_format::affine_rows: return i % s.d1 * padded_to(s.d0, p.lanes) + i / s.d1;
    case weight_format::conv_taps: {
        const long long tap = i % (s.d2 * s.d3), c = i / (s.d2 * s.d3) % s.d1, f = i / (s.d2 * s.d3) / s.d1;
        const int per_group = s.d0 / p.groups;
        const long long group = f / per_group;
        return ((group * s.d2 * s.d3 + tap) * s.d1 + c) * padded_to(per_group, p.lanes) + f % per_group;
    }
    default: return i;
    }
}

} // namespace strata::inline v0_1
