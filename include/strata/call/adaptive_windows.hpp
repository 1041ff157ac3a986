#pragma once
/// adaptive_windows — windows that cut n places into `out` parts as equal as they can be, where they may share a place:
///   part i is [i·n / out rounded down, (i+1)·n / out rounded up).   Source: PyTorch's adaptive poolings
#include <strata/plan/key.hpp>

namespace strata::inline STRATA_ABI::core {

STRATA_HD constexpr int adaptive_begin(int i, int n, int out) { return static_cast<int>(1LL * i * n / out); }
STRATA_HD constexpr int adaptive_end(int i, int n, int out) {
    return static_cast<int>(((i + 1LL) * n + out - 1) / out);
}

/// visit(h, w) for every place of window (i, j), in reading order.
STRATA_ANY_CALLER
template <key K, class Visit>
STRATA_HD constexpr void each_adaptive_tap(int i, int j, Visit visit) {
    for (int h = adaptive_begin(i, K.x.d1, K.y.d1); h < adaptive_end(i, K.x.d1, K.y.d1); ++h)
        for (int w = adaptive_begin(j, K.x.d2, K.y.d2); w < adaptive_end(j, K.x.d2, K.y.d2); ++w) visit(h, w);
}
/// visit(i, j) for every window that holds (h, w), in reading order.
STRATA_ANY_CALLER
template <key K, class Visit>
STRATA_HD constexpr void each_adaptive_reader(int h, int w, Visit visit) {
    // i·n / out <= h and (i+1)·n / out > h
    const auto first = [](int p, int n, int out) { return static_cast<int>(1LL * p * out / n); };
    const auto last = [](int p, int n, int out) { return static_cast<int>(((p + 1LL) * out - 1) / n); };
    for (int i = first(h, K.x.d1, K.y.d1); i <= last(h, K.x.d1, K.y.d1); ++i)
        for (int j = first(w, K.x.d2, K.y.d2); j <= last(w, K.x.d2, K.y.d2); ++j) visit(i, j);
}
/// Places of window (i, j).
STRATA_HD constexpr int adaptive_area(const key& k, int i, int j) {
    return (adaptive_end(i, k.x.d1, k.y.d1) - adaptive_begin(i, k.x.d1, k.y.d1))
           * (adaptive_end(j, k.x.d2, k.y.d2) - adaptive_begin(j, k.x.d2, k.y.d2));
}
/// Numbers that the windows hold together, at least.
constexpr long long adaptive_cost(const key& k) { return k.x.size() > k.y.size() ? k.x.size() : k.y.size(); }

} // namespace strata::inline STRATA_ABI::core
