#pragma once
/// avg_pool<Kernel, Options...> — the mean of each window:
///   y[n,c,i,j] = 1/area · sum_{u,v} x[n, c, i·S+u·D−P, j·S+v·D−P]
/// Padding counts as zeros, which the area includes, as PyTorch's default has it. With exclude_padding the area is that
/// of the window inside the image: PyTorch's count_include_pad = False, and Keras' AveragePooling2D(padding="same").
/// Shapes   x [C, H, W] → y [C, H', W'];  S defaults to the kernel
/// Options  same, padding<P>, stride<S>, dilation<D>, ceil_mode, exclude_padding
/// Rules    the kernel fits the padded input, unless ceil_mode rounds up to one window; padding is at most half the
/// kernel   (tests/compile_fail/pool/avg_pool_*.cpp)
#include <strata/layers/pool/pool.hpp>
#include <strata/operations/pool/avg_pool.hpp>

namespace strata::inline STRATA_ABI {

template <kernel Kernel, class... Options>
struct avg_pool {
    static constexpr value build(graph& g, value x) {
        return detail::build_pool<operations::avg_pool, Kernel, Options...>(g, x,
                                                                            static_cast<int>(option::exclude_padding));
    }
    static constexpr void spell(text& t) { detail::spell_pool<Kernel, Options...>(t, "avg_pool"); }
};

} // namespace strata::inline STRATA_ABI
