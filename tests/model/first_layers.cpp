/// first_layers: what a network makes of a sample on its way.
#include "catch.hpp"
#include "random_numbers.hpp"

#include <strata/inference.hpp>
#include <strata/layers.hpp>
#include <strata/model/first_layers.hpp>
#include <strata/model/named_parameters.hpp>
#include <strata/reference/reference.hpp>
#include <strata/surgery.hpp>

#include <algorithm>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {
struct whole : network<image<2, 6, 6>, conv<3, 3>, batch_norm, relu, residual<sequence<conv<3, 3, same>, relu>>,
                       max_pool<2>, flatten, dense<5>, tanh_activation, dense<2>> {};
struct with_head : network<image<2, 6, 6>, named<"stem", conv<3, 3>, relu>, flatten, named<"head", dense<5>>> {};
} // namespace

TEST_CASE("the first layers by the name of the one behind them, or of the last of them", "[model]") {
    const model<with_head> net{seed{7}};
    const auto x = random_numbers<float>(2 * 6 * 6, 1);
    const auto by_number = first_layers<2>(net)(x);
    CHECK(by_number.size() == 48);
    CHECK(first_layers<"head">(net)(x) == by_number);
    CHECK(first_layers<until<"head">>(net)(x) == by_number);
    CHECK(first_layers<through<1>>(net)(x) == by_number);
    CHECK(first_layers<through<"stem">>(net)(x).size() == 48);
    CHECK(first_layers<3>(net)(x) == net(x));
    const auto stem = first_layers<through<"stem">>(net);
    CHECK(stem.names() == std::vector<std::string_view>{"stem.0.weight", "stem.0.bias"});
    CHECK(stem.get("stem.0.weight") == net.get("stem.0.weight"));
    STATIC_REQUIRE(output_shape<first_layers_of<with_head, 2>> == output_shape<first_layers_of<with_head, "head">>);
}

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
