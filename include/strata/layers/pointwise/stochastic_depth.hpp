#pragma once
/// stochastic_depth<Rate> — zeroes whole samples with probability Rate in training; in inference y = x.
/// One that is kept becomes x / (1 − Rate). It ends the body of a residual block, which is so left out (drop path):
///   residual<sequence<conv<64, 3, same>, batch_norm, relu, conv<64, 3, same>, batch_norm, stochastic_depth<0.2>>>
/// Which samples are dropped follows from the seed, the step and the layer alone.
/// Shapes   x → y of the same shape
/// Rules    0 <= Rate < 1, as a float as well                     (tests/compile_fail/pointwise/stochastic_depth_*.cpp)
/// Source   Huang et al. 2016; torchvision.ops.StochasticDepth(Rate, "row"), drop_path of timm
#include <strata/layers/pointwise/dropout.hpp>
#include <strata/operations/pointwise/shared_dropout.hpp>

namespace strata::inline STRATA_ABI {

template <real Rate>
struct stochastic_depth {
    static constexpr value build(graph& g, value x) {
        if (!detail::is_rate_of_dropout(g, Rate.number(), "stochastic_depth")) return {};
        return operations::shared_dropout::append(g, x, Rate.number(), false);
    }
    static constexpr void spell(text& t) { t.add("stochastic_depth<", Rate.number(), ">"); }
};

} // namespace strata::inline STRATA_ABI
