#pragma once
/// The laws that every operation keeps. A file in tests/operations/ gives networks that hold its operation, and
/// check_laws<Networks...>() holds them to
///   - gradients, to the input and to each parameter, that are central differences of the loss (reference, in double);
///   - results, loss and gradients under cpu and gpu that are the reference's, in float and double, for batches of one,
///     of a part of a chunk, and of chunks and a part;
///   - touching no memory but their operands, under each policy.
/// nvcc compiles the same file once more: then gpu is the policy on a GPU, and alone.
#include "compare.hpp"
#include "machines/placement.hpp"
#include "weighted_sum.hpp"

#if defined(__CUDACC__)
#include "machines/gpu_run.hpp"
#else
#include "../../reference/gradient_check.hpp"
#include "machines/gpu_steps_on_host.hpp"
#endif

namespace strata_tests {

using namespace strata; // NOLINT: this header is for tests alone

template <class Policy, class... Networks>
void check_laws_of() {
    (compare_training<Networks, mean_squared_error, Policy>(), ...);
    (compare_inference<Networks, Policy>(), ...);
    (watch_network<Networks, Policy, mean_squared_error>(), ...);
}
template <class... Networks>
void check_laws() {
#if defined(__CUDACC__)
    STRATA_NEEDS_GPU();
    check_laws_of<gpu, Networks...>();
#else
    ((check_gradients<Networks>(1), check_gradients<Networks>(7)), ...);
    (watch_network<Networks, reference, mean_squared_error>(), ...);
    check_laws_of<cpu, Networks...>();
    check_laws_of<gpu_on_host, Networks...>();
#endif
}

/// The same of an operation that is a loss's, in training.
template <class Policy, class Loss, class... Networks>
void check_loss_of() {
    (compare_training<Networks, Loss, Policy>(), ...);
    (watch_network<Networks, Policy, Loss>(), ...);
}
template <class Loss, class... Networks>
void check_loss() {
#if defined(__CUDACC__)
    STRATA_NEEDS_GPU();
    check_loss_of<gpu, Loss, Networks...>();
#else
    ((check_gradients<Networks, Loss>(1), check_gradients<Networks, Loss>(7)), ...);
    (watch_network<Networks, reference, Loss>(), ...);
    check_loss_of<cpu, Loss, Networks...>();
    check_loss_of<gpu_on_host, Loss, Networks...>();
#endif
}

} // namespace strata_tests
