#pragma once
/// adaptive_avg_pool<H, W> — the mean of each of H x W windows, whatever the input's size:
///   window i of H is the rows from i·H' / H, rounded down, to before (i+1)·H' / H, rounded up; columns likewise
/// adaptive_avg_pool<S> is one of S x S. Windows share pixels where H' and W' are no multiples of H and W.
/// Shapes   x [C, H', W'] → y [C, H, W]
/// Rules    the input is an image; H and W are at least 1   (tests/compile_fail/pool/adaptive_avg_pool_*.cpp)
/// Source   PyTorch's AdaptiveAvgPool2d
#include <strata/layers/pool/adaptive_pool.hpp>
#include <strata/operations/pool/adaptive_avg_pool.hpp>
#include <strata/operations/pool/avg_pool.hpp>

namespace strata::inline STRATA_ABI {

template <int H, int W = H>
struct adaptive_avg_pool {
    static constexpr value build(graph& g, value x) {
        return detail::build_adaptive_pool<operations::avg_pool, operations::adaptive_avg_pool>(g, x, H, W);
    }
    static constexpr void spell(text& t) {
        H == W ? t.add("adaptive_avg_pool<", H, ">") : t.add("adaptive_avg_pool<", H, ", ", W, ">");
    }
};

} // namespace strata::inline STRATA_ABI
