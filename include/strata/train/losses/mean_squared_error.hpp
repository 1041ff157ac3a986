#pragma once
/// mean_squared_error — loss = sum_e (x[e] − t[e])² / E per sample, the mean over the batch (PyTorch's MSELoss).
/// Shapes   output and target the same
#include <strata/plan/operations/batch_mean.hpp>
#include <strata/plan/operations/mean_squared_error.hpp>
#include <strata/train/losses/loss.hpp>

namespace strata::inline v0_1 {

struct mean_squared_error {
    static constexpr const char* name = "mean_squared_error";
    static constexpr bool takes_class_index = false;

    static constexpr void build(graph& g) { detail::add_loss(g, op::mean_squared_error, g.output); }
};

} // namespace strata::inline v0_1
