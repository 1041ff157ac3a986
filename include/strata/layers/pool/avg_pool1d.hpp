#pragma once
/// avg_pool1d<Kernel, Options...> — the mean of each window along a signal:
///   y[n,c,t] = 1/area · sum_k x[n, c, t·S+k·D−P]
/// Padding counts as zeros, which the area includes; with exclude_padding it does not, as for avg_pool.
/// Shapes   x [C, T] → y [C, T'];  S defaults to the kernel
/// Options  same, padding<P>, stride<S>, dilation<D>, ceil_mode, exclude_padding
/// Rules    as of max_pool1d
#include <strata/layers/pool/pool1d.hpp>
#include <strata/operations/pool/avg_pool.hpp>

namespace strata::inline STRATA_ABI {

template <int Kernel, class... Options>
struct avg_pool1d {
    static constexpr value build(graph& g, value x) {
        return detail::build_pool1d<operations::avg_pool, Kernel, Options...>(
            g, x, static_cast<int>(option::exclude_padding));
    }
    static constexpr void spell(text& t) { detail::spell_pool1d<Kernel, Options...>(t, "avg_pool1d"); }
};

} // namespace strata::inline STRATA_ABI
