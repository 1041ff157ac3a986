// The gpu policy's kernels of flat values, on a GPU.
#include "machines/gpu_run.hpp"

#include "comparisons/flat_values.hpp"

using namespace strata_tests;
using strata::gpu;

TEST_CASE("affine: a GPU agrees with the reference at every size") {
    STRATA_NEEDS_GPU();
    compare_affine<gpu>();
}
TEST_CASE("elementwise: a GPU agrees with the reference, alone and fused") {
    STRATA_NEEDS_GPU();
    compare_elementwise<gpu>();
}
TEST_CASE("softmax, dropout, add, concat: a GPU agrees with the reference on features") {
    STRATA_NEEDS_GPU();
    compare_joins_of_features<gpu>();
}
TEST_CASE("elementwise_loss: a GPU agrees with the reference") {
    STRATA_NEEDS_GPU();
    compare_elementwise_losses<gpu>();
}
TEST_CASE("cross_entropy: a GPU agrees with the reference") {
    STRATA_NEEDS_GPU();
    compare_cross_entropy<gpu>();
}
TEST_CASE("cross_entropy: a GPU takes scores of minus infinity") {
    STRATA_NEEDS_GPU();
    check_impossible_classes<gpu>();
}
