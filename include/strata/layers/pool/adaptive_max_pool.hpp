#pragma once
/// adaptive_max_pool<H, W> — the largest value of each of H x W windows, whatever the input's size:
///   window i of H is the rows from i·H' / H, rounded down, to before (i+1)·H' / H, rounded up; columns likewise
/// adaptive_max_pool<S> is one of S x S. Windows share pixels where H' and W' are no multiples of H and W.
/// Shapes   x [C, H', W'] → y [C, H, W]
/// Rules    the input is an image; H and W are at least 1   (tests/compile_fail/pool/adaptive_max_pool_*.cpp)
/// Source   PyTorch's AdaptiveMaxPool2d
#include <strata/layers/pool/adaptive_pool.hpp>
#include <strata/operations/pool/adaptive_max_pool.hpp>
#include <strata/operations/pool/max_pool.hpp>

namespace strata::inline STRATA_ABI {

template <int H, int W = H>
struct adaptive_max_pool {
    static constexpr value build(graph& g, value x) {
        return detail::build_adaptive_pool<operations::max_pool, operations::adaptive_max_pool>(g, x, H, W);
    }
    static constexpr void spell(text& t) {
        H == W ? t.add("adaptive_max_pool<", H, ">") : t.add("adaptive_max_pool<", H, ", ", W, ">");
    }
};

} // namespace strata::inline STRATA_ABI
