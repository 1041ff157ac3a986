#pragma once
/// The gpu policy's kernels in watched memory (placement.hpp), on the host.
#include "gpu_on_host.hpp"
#include "placement.hpp"

namespace strata_tests {

template <class Plan>
struct stepper<Plan, gpu_on_host> {
    void operator()(int t, watched_memory& m) const {
        const step& s = Plan::data.steps[t];
        kernel_table<Plan, gpu_on_host, float>.rows[s.kernel](whole_call(s, m.f));
    }
};

} // namespace strata_tests
