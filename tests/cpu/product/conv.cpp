/// The cpu kernels of conv and its gradients.
#include "comparisons/convolutions.hpp"

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

TEST_CASE("conv: the cpu kernels agree with the reference for every number of filters and channels") {
    compare_conv_filters<cpu>();
}

TEST_CASE("conv: the cpu kernels agree with the reference under strides and dilation") { compare_conv_strides<cpu>(); }

TEST_CASE("conv: the cpu kernels agree with the reference in groups") { compare_conv_groups<cpu>(); }

TEST_CASE("conv: the cpu kernels agree with the reference at the smallest extents") { compare_conv_smallest<cpu>(); }
