#pragma once
/// product_operations — what the products of a plan take: the arithmetic that its share of the peak counts.
#include <strata/strata.hpp>

namespace strata_bench {

/// The operations of a key that is one of `Products`; else 0.
template <class... Products>
long long product_flops(const strata::core::key& k) {
    long long sum = 0;
    ((sum += k.kind == Products::kind ? Products::flops(k) : 0), ...);
    return sum;
}
/// Multiply-adds of a plan's products per sample, times two.
template <class Plan>
double product_operations() {
    double sum = 0;
    for (int t = 0; t < Plan::steps; ++t)
        sum += static_cast<double>(
            product_flops<strata::operations::affine, strata::operations::affine_input_gradient,
                          strata::operations::affine_weight_gradient, strata::operations::conv,
                          strata::operations::conv_input_gradient, strata::operations::conv_weight_gradient,
                          strata::operations::depthwise_conv, strata::operations::depthwise_input_gradient,
                          strata::operations::depthwise_weight_gradient>(Plan::data.keys[Plan::data.steps[t].kernel]));
    return sum;
}

} // namespace strata_bench
