/// The gpu policy's kernels of flat values, on the host.
#include "machines/gpu_on_host.hpp"

#include "comparisons/flat_values.hpp"

using namespace strata_tests;

TEST_CASE("affine: the gpu kernels agree with the reference at every size") { compare_affine<gpu_on_host>(); }
TEST_CASE("elementwise: the gpu kernels agree with the reference, alone and fused") {
    compare_elementwise<gpu_on_host>();
}
TEST_CASE("softmax, dropout, add, concat: the gpu kernels agree with the reference on features") {
    compare_joins_of_features<gpu_on_host>();
}
TEST_CASE("elementwise_loss: the gpu kernel agrees with the reference") { compare_elementwise_losses<gpu_on_host>(); }
TEST_CASE("cross_entropy: the gpu kernel agrees with the reference") { compare_cross_entropy<gpu_on_host>(); }
TEST_CASE("cross_entropy: the gpu kernel takes scores of minus infinity") { check_impossible_classes<gpu_on_host>(); }
