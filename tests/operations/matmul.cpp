#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/sequences.hpp>

using namespace strata_tests;

namespace {
/// x [2, 3] by itself: x · xᵀ, and then (x · xᵀ) · x.
struct scores : strata::network<strata::vectors<2, 3>, strata::tag<"x">, strata::matmul_transposed<"x">> {};
struct weighted
    : strata::network<strata::vectors<2, 3>, strata::tag<"x">, strata::matmul_transposed<"x">, strata::matmul<"x">> {};

/// Attention of one head, in its parts: queries and keys of D numbers, values of V, over T positions.
template <int T, int D, int V>
struct attention
    : strata::network<strata::vectors<T, 3>, strata::tag<"x">, strata::dense<D>, strata::tag<"keys">, strata::pass,
                      strata::parallel<strata::concat_all, strata::dense<V>, strata::dense<2>>, strata::tag<"values">,
                      strata::dense<D>, strata::matmul_transposed<"keys">, strata::softmax, strata::matmul<"values">> {
};
using small = attention<3, 2, 3>;
using middle = attention<9, 5, 17>;
using large = attention<150, 33, 126>; // several tiles each way, and the block sums that they are made of

template <class Policy>
void check_by_hand() {
    const strata::model<weighted, Policy, strata::fp64> net;
    // x xᵀ = [[14, 32], [32, 77]]
    CHECK(net(std::vector<double>{1, 2, 3, 4, 5, 6})
          == std::vector<double>{14 + 128, 28 + 160, 42 + 192, 32 + 308, 64 + 385, 96 + 462});
}
} // namespace

TEST_CASE("matmul by hand") {
    const strata::model<scores> net;
    CHECK(net(std::vector<float>{1, 2, 3, 4, 5, 6, 0, 1, 0, 2, 3, 4})
          == std::vector<float>{14, 32, 32, 77, 1, 3, 3, 29}); // two samples, each by itself
    check_by_hand<strata::reference>();
    check_by_hand<strata::cpu>();
    STATIC_REQUIRE(strata::flops<scores> == 2 * 2 * 2 * 3);
}

TEST_CASE("matmul by hand: the gradients of both factors meet where they are one value") {
    host_run<train_plan<scores, weighted_sum, strata::reference>, strata::reference> r(1);
    r.input = {1, 2, 3, 4, 5, 6};
    r.target = {1, 0, 10, 0}; // of x0·x0 and of ten times x1·x0
    r.run();
    CHECK(r.input_gradient() == std::vector<double>{2 * 1 + 10 * 4, 2 * 2 + 10 * 5, 2 * 3 + 10 * 6, 10, 20, 30});
}

TEST_CASE("matmul keeps the laws") {
    check_laws<scores, weighted, small, middle>();
#if !defined(__CUDACC__)
    compare_training<large>({3});
    compare_inference<attention<64, 64, 64>>();
    compare_training<attention<128, 16, 30>>({2}); // rows a power of two apart
#endif
}
