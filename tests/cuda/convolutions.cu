// The gpu policy's convolutions, on a GPU.
#include "machines/gpu_run.hpp"

#include "comparisons/convolutions.hpp"

using namespace strata_tests;
using strata::gpu;

TEST_CASE("conv: a GPU agrees with the reference for every number of filters and channels") {
    STRATA_NEEDS_GPU();
    compare_conv_filters<gpu>();
}
TEST_CASE("conv: a GPU agrees with the reference under strides and dilation") {
    STRATA_NEEDS_GPU();
    compare_conv_strides<gpu>();
}
TEST_CASE("conv: a GPU agrees with the reference in groups") {
    STRATA_NEEDS_GPU();
    compare_conv_groups<gpu>();
}
TEST_CASE("conv: a GPU agrees with the reference at the smallest extents") {
    STRATA_NEEDS_GPU();
    compare_conv_smallest<gpu>();
}
