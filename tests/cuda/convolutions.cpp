/// The gpu policy's convolutions, on the host.
#include "machines/gpu_on_host.hpp"

#include "comparisons/convolutions.hpp"

using namespace strata_tests;

TEST_CASE("conv: the gpu kernels agree with the reference for every number of filters and channels") {
    compare_conv_filters<gpu_on_host>();
}
TEST_CASE("conv: the gpu kernels agree with the reference under strides and dilation") {
    compare_conv_strides<gpu_on_host>();
}
TEST_CASE("conv: the gpu kernels agree with the reference in groups") { compare_conv_groups<gpu_on_host>(); }
TEST_CASE("conv: the gpu kernels agree with the reference at the smallest extents") {
    compare_conv_smallest<gpu_on_host>();
}
