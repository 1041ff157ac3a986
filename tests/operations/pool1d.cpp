/// max_pool1d, avg_pool1d and global_avg_pool on signals: values by hand, and networks under the laws.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>

using namespace strata_tests;

namespace {

template <class Layer, int T = 6>
std::vector<double> pooled(const std::vector<double>& x) {
    const strata::model<strata::network<strata::time_series<2, T>, Layer>, strata::reference, strata::fp64> net;
    return net(x);
}

struct pools : strata::network<strata::time_series<3, 12>, strata::conv1d<9, 3, strata::same>, strata::relu,
                               strata::max_pool1d<2>, strata::conv1d<5, 3, strata::causal>,
                               strata::avg_pool1d<3, strata::stride<2>, strata::padding<1>>, strata::global_avg_pool,
                               strata::dense<2>> {};
struct of_the_signal
    : strata::network<strata::time_series<2, 9>, strata::max_pool1d<3, strata::stride<2>, strata::padding<1>>,
                      strata::avg_pool1d<2, strata::stride<1>, strata::same, strata::exclude_padding>> {};

} // namespace

TEST_CASE("poolings of signals by hand") {
    using numbers = std::vector<double>;
    const numbers x{1, 5, 2, 4, 3, 0, -1, -2, -3, -6, -5, -4};
    CHECK(pooled<strata::max_pool1d<2>>(x) == numbers{5, 4, 3, -1, -3, -4});
    CHECK(pooled<strata::max_pool1d<3, strata::stride<2>, strata::padding<1>>>(x) == numbers{5, 5, 4, -1, -2, -4});
    CHECK(pooled<strata::max_pool1d<4, strata::ceil_mode>>(x) == numbers{5, 3, -1, -4});
    CHECK(pooled<strata::avg_pool1d<2>>(x) == numbers{3, 3, 1.5, -1.5, -4.5, -4.5});
    CHECK(pooled<strata::avg_pool1d<2, strata::stride<4>, strata::padding<1>>>(x) == numbers{0.5, 3.5, -0.5, -5.5});
    CHECK(pooled<strata::avg_pool1d<2, strata::stride<4>, strata::padding<1>, strata::exclude_padding>>(x)
          == numbers{1, 3.5, -1, -5.5});
    CHECK(pooled<strata::global_avg_pool>(x) == numbers{2.5, -3.5});
}

TEST_CASE("poolings of signals keep the laws") { check_laws<pools, of_the_signal>(); }
