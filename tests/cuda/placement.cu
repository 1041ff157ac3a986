// The gpu policy's kernels touch nothing but their operands: on a GPU, canaries round every value.
#include "machines/gpu_run.hpp"

TEST_CASE("no operation of a plan touches anything but its operands: on a GPU") {
    STRATA_NEEDS_GPU();
    strata_tests::watch_all<strata::gpu>();
}
