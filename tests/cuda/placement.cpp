/// The gpu policy's kernels touch nothing but their operands: on the host, step by step in watched memory.
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

TEST_CASE("no operation of a plan touches anything but its operands: gpu kernels") {
    strata_tests::watch_all<strata_tests::gpu_on_host>();
}
