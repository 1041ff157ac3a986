/// What a plan asks of a GPU: every launch and every product of LeNet-5, told without one.
#include "catch.hpp"
#include "nets.hpp"

#include <strata/cuda/launch_list.hpp>
#include <strata/train/losses/cross_entropy.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {
using training = plan<lenet5, request{.mode = mode::train, .target = on_cuda::target<float>}, cross_entropy>;

const on_cuda::launch_row& only(const std::vector<on_cuda::launch_row>& rows, op kind, long long items) {
    const on_cuda::launch_row* found = nullptr;
    for (const auto& row : rows)
        if (row.kind == kind && row.items == items) {
            REQUIRE(found == nullptr);
            found = &row;
        }
    REQUIRE(found != nullptr);
    return *found;
}
} // namespace

TEST_CASE("the launch list of a training step of LeNet-5") {
    constexpr int batch = 20; // three chunks
    const auto rows = on_cuda::launch_list<training, float>(batch);

    const auto& first = only(rows, operations::conv::kind, batch * 6LL * 28 * 28);
    CHECK(first.size.blocks == (batch * 6 * 28 * 28 + 127) / 128);
    CHECK(first.size.threads == 128);
    // its images and results, the weights and biases in their places of whole 64 bytes
    CHECK(first.bytes == 4LL * (batch * (784 + 6 * 784) + 6 * 25 + 6));
    only(rows, operations::conv::kind, batch * 16LL * 10 * 10);
    only(rows, operations::conv_weight_gradient::kind, 3 * (6LL * 25 + 6));
    only(rows, operations::conv_weight_gradient::kind, 3 * (16LL * 6 * 25 + 16));
    only(rows, operations::conv_input_gradient::kind, batch * 6LL * 14 * 14);
    only(rows, operations::softmax_cross_entropy::kind, batch);
    only(rows, operations::batch_mean::kind, 1);

    // dense<120> on 400 features: three products, the bias and relu behind the first, the biases' gradient behind the
    // last
    std::vector<std::array<int, 3>> products;
    for (const auto& row : rows)
        if (row.product) products.push_back({row.m, row.n, row.k});
    const auto holds = [&](int m, int n, int k) {
        return std::count(products.begin(), products.end(), std::array{m, n, k});
    };
    CHECK(products.size() == 9);
    CHECK(holds(120, batch, 400) == 1); // forward
    CHECK(holds(400, batch, 120) == 1); // to the input
    CHECK(holds(400, 120, batch) == 1); // to the weight
    only(rows, operations::affine::kind, batch * 120LL);
    only(rows, operations::affine_weight_gradient::kind, 120);
}

TEST_CASE("every launch has threads for its items, within the grid's bounds") {
    for (const int batch : {1, 7, 64, 4096}) {
        const auto rows = on_cuda::launch_list<training, float>(batch);
        CHECK(rows.size() >= static_cast<std::size_t>(training::steps));
        for (const auto& row : rows) {
            INFO(row.name << ", batch " << batch);
            CHECK(row.bytes > 0);
            if (row.product) continue;
            CHECK(row.items > 0);
            CHECK(row.size.blocks >= 1);
            CHECK(row.size.blocks <= on_cuda::most_blocks);
            const long long threads = 1LL * row.size.blocks * row.size.threads;
            CHECK((threads >= row.items || row.size.blocks == on_cuda::most_blocks)); // else a thread makes several
            CHECK(threads - row.items < row.size.threads);                            // no block is idle
        }
    }
}
