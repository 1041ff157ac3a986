#pragma once
/// mean_over_positions — the mean over the positions of a sequence or signal:
///   y[d] = sum_{t < L} x[t,d] / L, with L positions in the sample
/// Of tokens<T, V, padding<P>> the positions behind a sample's end do not count, as under the mask of Keras'
/// GlobalAveragePooling1D; a sample of nothing but padding gives 0. Padding between tokens counts.
/// Shapes   x [T, D] → y [D];  of a signal, x [C, T] → y [C]
/// Rules    the input is a sequence or a signal                (tests/compile_fail/pool/mean_over_positions_*.cpp)
#include <strata/layers/pool/over_positions.hpp>
#include <strata/operations/pool/over_positions.hpp>

namespace strata::inline STRATA_ABI {

struct mean_over_positions {
    static constexpr value build(graph& g, value x) {
        if (!detail::has_all_positions(g, x, "mean", "global_avg_pool, the mean of each channel")) return {};
        return operations::mean_over_positions::append(g, x);
    }
    static constexpr void spell(text& t) { t.add("mean_over_positions"); }
};

} // namespace strata::inline STRATA_ABI
