#pragma once
/// max_over_positions — the maximum over the positions of a sequence or signal:
///   y[d] = max_{t < L} x[t,d], with L positions in the sample
/// Of tokens<T, V, padding<P>> the positions behind a sample's end do not count; a sample of nothing but padding gives
/// 0. The gradient goes to the first of equal numbers.
/// Shapes   x [T, D] → y [D];  of a signal, x [C, T] → y [C]
/// Rules    the input is a sequence or a signal                 (tests/compile_fail/pool/max_over_positions_*.cpp)
#include <strata/layers/pool/over_positions.hpp>
#include <strata/operations/pool/over_positions.hpp>

namespace strata::inline STRATA_ABI {

struct max_over_positions {
    static constexpr value build(graph& g, value x) {
        if (!detail::has_all_positions(g, x, "largest number", "max_pool<{H, W}>")) return {};
        return operations::max_over_positions::append(g, x);
    }
    static constexpr void spell(text& t) { t.add("max_over_positions"); }
};

} // namespace strata::inline STRATA_ABI
