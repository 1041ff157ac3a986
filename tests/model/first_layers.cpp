/// first_layers: what a network makes of a sample on its way.
#include "catch.hpp"
#include "random_numbers.hpp"

#include <strata/inference.hpp>
#include <strata/layers.hpp>
#include <strata/model/first_layers.hpp>
#include <strata/reference/reference.hpp>

#include <algorithm>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {
struct whole : network<image<2, 6, 6>, conv<3, 3>, batch_norm, relu, residual<sequence<conv<3, 3, same>, relu>>,
                       max_pool<2>, flatten, dense<5>, tanh_activation, dense<2>> {};
} // namespace

TEST_CASE("the first layers give what the whole network has there", "[model]") {
    const model<whole, reference, fp64> net{seed{7}};
    const auto x = random_numbers<double>(3 * 2 * 6 * 6, 1);
    const auto all = first_layers<9>(net);
    CHECK(all(x) == net(x));

    // The last layer by hand from what the eight before it give.
    const auto body = first_layers<8>(net);
    const auto features = body(x), w = net.get("8.weight"), b = net.get("8.bias"), y = net(x);
    REQUIRE(features.size() == 3 * 5);
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t u = 0; u < 2; ++u) {
            double sum = b[u];
            for (std::size_t f = 0; f < 5; ++f) sum += w[u * 5 + f] * features[i * 5 + f];
            CHECK(sum == Approx(y[i * 2 + u]).epsilon(1e-12));
        }
    const auto maps = first_layers<3>(net)(x);
    CHECK(maps.size() == 3 * 3 * 4 * 4);
    CHECK(*std::min_element(maps.begin(), maps.end()) == 0); // behind relu
}

TEST_CASE("the first layers under cpu are those under reference, within rounding", "[model]") {
    const model<whole> net{seed{7}};
    const model<whole, reference> oracle{seed{7}};
    const auto x = random_numbers<float>(2 * 2 * 6 * 6, 1);
    const auto a = first_layers<4>(net)(x), b = first_layers<4>(oracle)(x);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).margin(1e-5));
    STATIC_REQUIRE(parameter_count<decltype(first_layers<1>(net))::network> == 3 * 2 * 9 + 3);
}
