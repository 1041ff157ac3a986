/// The gpu policy's kernels over the pixels of images, on the host; and the check that every kind of operation was
/// compared.
#include "machines/gpu_on_host.hpp"

#include "comparisons/images.hpp"

using namespace strata_tests;

TEST_CASE("max_pool: the gpu kernels agree with the reference") { compare_max_pool<gpu_on_host>(); }
TEST_CASE("max_pool: of equal maxima the first takes the gradient, on a gpu as well") {
    compare_max_pool_ties<gpu_on_host>();
}
TEST_CASE("avg_pool: the gpu kernels agree with the reference") { compare_avg_pool<gpu_on_host>(); }
TEST_CASE("pooling: the gpu kernels agree with the reference where a window is larger than the image") {
    compare_pools_beyond_the_image<gpu_on_host>();
}
TEST_CASE("batch_norm: the gpu kernels agree with the reference in training") {
    compare_batch_norm_training<gpu_on_host>();
}
TEST_CASE("batch_norm: the gpu kernels agree with the reference in inference, alone and folded into conv") {
    compare_batch_norm_inference<gpu_on_host>();
}
TEST_CASE("batch_norm: the gpu kernels agree with the reference where it is frozen") {
    compare_batch_norm_frozen<gpu_on_host>();
}
TEST_CASE("denormalise: the gpu kernel agrees with the reference") { compare_denormalise<gpu_on_host>(); }
TEST_CASE("normalise: the gpu kernel agrees with the reference") { compare_normalise<gpu_on_host>(); }
TEST_CASE("softmax, dropout, add, concat: the gpu kernels agree with the reference on images") {
    compare_joins_of_images<gpu_on_host>();
}

namespace {
/// Calls a kernel that the policy's own plans never hold.
template <strata::core::key K>
void call_whole(std::vector<double>& x, std::vector<double>& y, int last) {
    strata::core::call<double> c;
    c.at[0] = x.data(), c.at[1] = y.data();
    c.batch = c.last = last;
    host_context context;
    strata::on_cuda::launch<K, strata::core::no_function>(c, context);
}
} // namespace

TEST_CASE("reorder and transpose_weight by hand") {
    using strata::core::key, strata::shape;
    std::vector<double> x{1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60}, y(12); // two samples [2, 1, 3]
    call_whole<key{.kind = operations::reorder::kind, .x = shape(2, 1, 3), .y = shape(2, 1, 3)}>(x, y, 2);
    CHECK(y == std::vector<double>{1, 4, 2, 5, 3, 6, 10, 40, 20, 50, 30, 60});
    std::vector<double> back(12);
    call_whole<key{
        .kind = operations::reorder::kind, .x = shape(2, 1, 3), .y = shape(2, 1, 3), .from_channels_last = true}>(
        y, back, 2);
    CHECK(back == x);
    // [2 inputs, 3 filters in a panel of 4] → [3, 2 and room for a register behind the last]
    constexpr shape filters(3, 2, 1, 1);
    std::vector<double> w{1, 2, 3, 0, 4, 5, 6, 0}, t(24, -1);
    call_whole<key{.kind = operations::transpose_weight::kind, .x = filters, .y = filters, .lanes = 4}>(w, t, 3);
    CHECK(t == std::vector<double>{1, 4, 0, 0, 0, 0, 0, 0, 2, 5, 0, 0, 0, 0, 0, 0, 3, 6, 0, 0, 0, 0, 0, 0});
    // Flipped: [2 taps x 2 inputs, 3 filters in a panel of 4] → [2 taps x 3 filters, 2 inputs in a panel of 4], the
    // last tap first
    constexpr shape taps(3, 2, 1, 2);
    std::vector<double> of_two{1, 2, 3, 0, 4, 5, 6, 0, 10, 20, 30, 0, 40, 50, 60, 0}, flipped(24, -1);
    call_whole<key{.kind = operations::transpose_weight::kind, .x = taps, .y = taps, .lanes = 4, .flipped = true}>(
        of_two, flipped, 3);
    CHECK(flipped == std::vector<double>{10, 40, 0, 0, 20, 50, 0, 0, 30, 60, 0, 0, 1, 4, 0, 0, 2, 5, 0, 0, 3, 6, 0, 0});
}

TEST_CASE("every kind of operation is compared") {
    CHECK(compared_kinds.unlisted() == 0);
    for (const strata::core::operation_rule& rule : operation_rules) {
        if (is_under_laws(rule.kind)) continue;
        INFO(rule.name);
        // No plan of this policy holds the last two, by hand above; a reshape has no kernel.
        const bool elsewhere = rule.kind == operations::reshape::kind || rule.kind == operations::reorder::kind
                               || rule.kind == operations::transpose_weight::kind;
        CHECK(compared_kinds[rule.kind] == !elsewhere);
    }
}
