// The gpu policy's kernels over the pixels of images, on a GPU.
#include "machines/gpu_run.hpp"

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
TEST_CASE("pooling: a GPU agrees with the reference where a window is larger than the image") {
    STRATA_NEEDS_GPU();
    compare_pools_beyond_the_image<gpu>();
}
TEST_CASE("batch_norm: a GPU agrees with the reference in both modes, and where it is frozen") {
    STRATA_NEEDS_GPU();
    compare_batch_norm_training<gpu>();
    compare_batch_norm_inference<gpu>();
    compare_batch_norm_frozen<gpu>();
}
TEST_CASE("normalise: a GPU agrees with the reference") {
    STRATA_NEEDS_GPU();
    compare_normalise<gpu>();
    compare_denormalise<gpu>();
}
TEST_CASE("softmax, dropout, add, concat: a GPU agrees with the reference on images") {
    STRATA_NEEDS_GPU();
    compare_joins_of_images<gpu>();
}

namespace {
/// Calls a kernel that the policy's own plans never hold.
template <strata::core::key K>
std::vector<double> call_whole(const std::vector<double>& x, int last) {
    const auto n = static_cast<long long>(x.size());
    strata::on_cuda::device_memory<double> from(0, nullptr, n), to(0, nullptr, n);
    from.write(0, n, x.data());
    strata::core::call<double> c;
    c.at[0] = from.data(), c.at[1] = to.data();
    c.batch = c.last = last;
    strata::on_cuda::device_context context{strata::gpu{}};
    strata::on_cuda::launch<K, strata::core::no_function>(c, context);
    std::vector<double> y(x.size());
    to.read(0, n, y.data());
    return y;
}
} // namespace

TEST_CASE("reorder and transpose_weight by hand, on a GPU") {
    STRATA_NEEDS_GPU();
    using strata::core::key, strata::shape;
    const std::vector<double> x{1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60}; // two samples [2, 1, 3]
    const auto y = call_whole<key{.kind = operations::reorder::kind, .x = shape(2, 1, 3), .y = shape(2, 1, 3)}>(x, 2);
    CHECK(y == std::vector<double>{1, 4, 2, 5, 3, 6, 10, 40, 20, 50, 30, 60});
    CHECK(call_whole<key{
              .kind = operations::reorder::kind, .x = shape(2, 1, 3), .y = shape(2, 1, 3), .from_channels_last = true}>(
              y, 2)
          == x);
    std::vector<double> w{1, 2, 3, 0, 4, 5, 6, 0}; // [2 inputs, 3 filters in a panel of 4]
    w.resize(24);                                  // the result's: [3, 2 and room for a register behind the last]
    CHECK(call_whole<key{
              .kind = operations::transpose_weight::kind, .x = shape(3, 2, 1, 1), .y = shape(3, 2, 1, 1), .lanes = 4}>(
              w, 3)
          == std::vector<double>{1, 4, 0, 0, 0, 0, 0, 0, 2, 5, 0, 0, 0, 0, 0, 0, 3, 6, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("every kind of operation is compared on a GPU") {
    CHECK(compared_kinds.unlisted() == 0);
    for (const strata::core::operation_rule& rule : operation_rules) {
        if (is_under_laws(rule.kind)) continue;
        INFO(rule.name);
        const bool elsewhere = rule.kind == operations::reshape::kind || rule.kind == operations::reorder::kind
                               || rule.kind == operations::transpose_weight::kind;
        CHECK(compared_kinds[rule.kind] == !elsewhere);
    }
}
