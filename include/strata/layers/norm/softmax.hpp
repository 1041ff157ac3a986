#pragma once
/// softmax — y[k] = exp(x[k]) / sum_j exp(x[j]), over features, or over the channels of each pixel.
/// Shapes   x [F] → y [F];  x [C, H, W] → y [C, H, W]
/// A cross_entropy loss after it takes the softmax's input, so that both are computed as one.
#include <strata/layers/run_layer.hpp>
#include <strata/operations/norm/softmax.hpp>

namespace strata::inline STRATA_ABI {

struct softmax {
    static constexpr value build(graph& g, value x) { return operations::softmax::append(g, x); }
    static constexpr void spell(text& t) { t.add("softmax"); }
};

} // namespace strata::inline STRATA_ABI
