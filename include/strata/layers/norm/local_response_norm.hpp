#pragma once
/// local_response_norm<Size, Alpha, Beta, K> — divides each channel by a power of the squares of its neighbours.
///   y[c] = x[c] / (K + Alpha / Size · sum_j x[j]²)^Beta,  j from c − Size / 2 to c + (Size − 1) / 2, at each position
/// Channels beyond the first and the last count as zeros. Alpha is divided by Size as in PyTorch. AlexNet's paper does
/// not divide, so its constants n = 5, alpha = 1e-4 are local_response_norm<5, 5e-4, 0.75, 2>; torchvision has none.
/// Shapes   x → y of the same shape: [C, H, W], [C, T], [C] or, across the features, [T, D]
/// Options  Alpha 1e-4, Beta 0.75 and K 1 unless given
/// Rules    Size is at least 1;  Alpha and Beta are not below 0, K is above 0
///          (tests/compile_fail/norm/local_response_norm_*.cpp)
/// Source   Krizhevsky, Sutskever & Hinton 2012; torch.nn.LocalResponseNorm(Size, alpha=1e-4, beta=0.75, k=1)
#include <strata/layers/real.hpp>
#include <strata/layers/run_layer.hpp>
#include <strata/operations/norm/local_response_norm.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {
template <real Alpha, real Beta, real K>
struct response_constants {
    static constexpr double alpha = Alpha.number(), beta = Beta.number(), k = K.number();
};
} // namespace detail

template <int Size, real Alpha = 1e-4, real Beta = 0.75, real K = 1>
struct local_response_norm {
    using function = detail::response_constants<Alpha, Beta, K>;

    static constexpr value build(graph& g, value x) {
        constexpr double most = 3.4e38;
        if (Size < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(Size), shape(1), "a window of ", Size,
                              " channels is not possible. Use at least 1.");
        if (!(function::k > 0 && function::k <= most) || static_cast<float>(function::k) == 0)
            return g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "a K of ", function::k,
                              " is not possible: it must be above 0 to prevent a division by zero. Use 1, or AlexNet's "
                              "2.");
        if (!(function::alpha >= 0 && function::alpha <= most && function::beta >= 0 && function::beta <= most))
            return g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "an Alpha of ", function::alpha,
                              " and a Beta of ", function::beta,
                              " are not possible: neither may be below 0. Use local_response_norm<5, 1e-4, 0.75>.");
        return operations::local_response_norm::append<function>(g, x, Size);
    }
    static constexpr void spell(text& t) {
        t.add("local_response_norm<", Size);
        if (!(Alpha == real(1e-4) && Beta == real(0.75) && K == real(1)))
            t.add(", ", Alpha.number(), ", ", Beta.number(), ", ", K.number());
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
