// The gpu policy's kernels over the pixels of images, on a GPU.
#include "gpu_run.hpp"

#include "comparisons/images.hpp"

using namespace strata_tests;
using strata::gpu;

TEST_CASE("max_pool: a GPU agrees with the reference") {
    STRATA_NEEDS_GPU();
    compare_max_pool<gpu>();
    compare_max_pool_ties<gpu>();
}
TEST_CASE("avg_pool: a GPU agrees with the reference") {
    STRATA_NEEDS_GPU();
    compare_avg_pool<gpu>();
}
TEST_CASE("batch_norm: a GPU agrees with the reference in both modes") {
    STRATA_NEEDS_GPU();
    compare_batch_norm_training<gpu>();
    compare_batch_norm_inference<gpu>();
}
TEST_CASE("softmax, dropout, add, concat: a GPU agrees with the reference on images") {
    STRATA_NEEDS_GPU();
    compare_joins_of_images<gpu>();
}
