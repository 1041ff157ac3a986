/// The gpu policy's kernels touch nothing but their operands: on the host, step by step in watched memory.
#include "machines/gpu_steps_on_host.hpp"

TEST_CASE("no operation of a plan touches anything but its operands: gpu kernels") {
    strata_tests::watch_all<strata_tests::gpu_on_host>();
}
