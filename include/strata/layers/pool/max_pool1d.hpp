#pragma once
/// max_pool1d<Kernel, Options...> — the largest value of each window along a signal:
///   y[n,c,t] = max_k x[n, c, t·S+k·D−P], over the times inside the input
/// Shapes   x [C, T] → y [C, T'];  S defaults to the kernel
/// Options  same, padding<P>, stride<S>, dilation<D>, ceil_mode
/// Rules    the input is a signal; the kernel fits it, unless ceil_mode rounds up to one window; padding is at most
///          half the kernel   (tests/compile_fail/pool/max_pool1d_*.cpp)
#include <strata/layers/pool/pool1d.hpp>
#include <strata/operations/pool/max_pool.hpp>

namespace strata::inline STRATA_ABI {

template <int Kernel, class... Options>
struct max_pool1d {
    static constexpr value build(graph& g, value x) {
        return detail::build_pool1d<operations::max_pool, Kernel, Options...>(g, x);
    }
    static constexpr void spell(text& t) { detail::spell_pool1d<Kernel, Options...>(t, "max_pool1d"); }
};

} // namespace strata::inline STRATA_ABI
