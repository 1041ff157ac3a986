#pragma once
/// max_pool<Kernel, Options...> — the largest value of each window:
///   y[n,c,i,j] = max_{u,v} x[n, c, i·S+u·D−P, j·S+v·D−P], over the positions inside the input
/// Shapes   x [C, H, W] → y [C, H', W'];  S defaults to the kernel
/// Options  same, padding<P>, stride<S>, dilation<D>, ceil_mode
/// Rules    the kernel fits the padded input, unless ceil_mode rounds up to one window; padding is at most half the
/// kernel   (tests/compile_fail/pool/max_pool_*.cpp)
#include <strata/layers/pool/pool.hpp>
#include <strata/operations/pool/max_pool.hpp>

namespace strata::inline STRATA_ABI {

template <kernel Kernel, class... Options>
struct max_pool {
    static constexpr value build(graph& g, value x) {
        return detail::build_pool<operations::max_pool, Kernel, Options...>(g, x);
    }
    static constexpr void spell(text& t) { detail::spell_pool<Kernel, Options...>(t, "max_pool"); }
};

} // namespace strata::inline STRATA_ABI
