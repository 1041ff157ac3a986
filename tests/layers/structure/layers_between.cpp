/// layers_between: parts of a network compute what they compute in the whole, and their parameters have the same names.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/inference.hpp>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/surgery.hpp>

using namespace strata;
using namespace strata_tests;

namespace {

struct whole : network<image<2, 6, 6>, named<"stem", conv<3, 3>, batch_norm, relu>, conv<4, 3, same>, tanh_activation,
                       named<"body", residual<sequence<conv<4, 3, same>, relu>>>, flatten, named<"head", dense<5>>,
                       sigmoid, dense<2>> {};
struct stem : layers_between<whole, 0, 1> {};
struct middle : layers_between<whole, after<"stem">, through<"body">> {};
struct end : layers_between<whole, 4, 8> {};
struct without_the_head : layers_between<whole, "body", "head"> {};

using names = std::vector<std::string_view>;

} // namespace

TEST_CASE("parts have the names, shapes and parameters that they have in the whole") {
    using in_double = model<middle, reference, fp64>;
    CHECK(model<stem>::names()
          == names{"stem.0.weight", "stem.0.bias", "stem.1.weight", "stem.1.bias", "stem.1.running_mean",
                   "stem.1.running_var"});
    CHECK(in_double::names() == names{"1.weight", "1.bias", "body.body.0.weight", "body.body.0.bias"});
    CHECK(model<end>::names() == names{"head.weight", "head.bias", "7.weight", "7.bias"});
    STATIC_REQUIRE(input_shape<middle> == shape(3, 4, 4));
    STATIC_REQUIRE(output_shape<middle> == shape(4, 4, 4));
    STATIC_REQUIRE(input_shape<end> == shape(4, 4, 4));
    STATIC_REQUIRE(output_shape<end> == shape(2));
    STATIC_REQUIRE(output_shape<without_the_head> == shape(64));
    STATIC_REQUIRE(parameter_count<stem> + parameter_count<middle> + parameter_count<end> == parameter_count<whole>);
    STATIC_REQUIRE(core::description<end>::network_spelling()
                   == "network<image<4, 4, 4>, flatten, named<\"head\", dense<5>>, sigmoid, dense<2>>");
}

TEST_CASE("a part of a part counts positions as the whole does") {
    struct tail : layers_between<whole, 3, 8> {};
    struct inner : layers_between<tail, 5, through<7>> {};
    CHECK(model<inner>::names() == names{"head.weight", "head.bias", "7.weight", "7.bias"});
    STATIC_REQUIRE(input_shape<inner> == shape(64));
    struct same : layers_between<tail, "head", 8> {};
    STATIC_REQUIRE(parameter_count<same> == parameter_count<inner>);
}

TEST_CASE("parts that take from the whole, or from its file, give one after the other what the whole gives") {
    const temporary_folder folder;
    model<whole, reference, fp64> net{seed{7}};
    net.set("stem.1.running_mean", std::vector<double>{0.1, -0.2, 0.3});
    net.save(folder / "whole.safetensors");
    const auto x = random_numbers<double>(3 * 2 * 6 * 6, 1);
    const auto check = [&](const auto& source) {
        model<stem, reference, fp64> a;
        model<middle, reference, fp64> b;
        model<end, reference, fp64> c;
        const take_report of_stem = a.take(source), of_middle = b.take(source), of_end = c.take(source);
        CHECK((of_stem.kept.empty() && of_middle.kept.empty() && of_end.kept.empty()));
        CHECK(of_stem.taken.size() + of_middle.taken.size() + of_end.taken.size() == net.names().size());
        CHECK(of_middle.not_taken.size() == 10);
        const auto parts = c(b(a(x))), all = net(x);
        REQUIRE(parts.size() == 6);
        for (std::size_t i = 0; i < parts.size(); ++i) CHECK(parts[i] == Approx(all[i]).epsilon(1e-12));
    };
    check(net);
    check(folder / "whole.safetensors");
}

TEST_CASE("a part that begins with padded tokens knows their padding, and one behind what reads it needs none") {
    struct words : network<tokens<3, 4, padding<0>>, tag<"words">, embedding<4, 2>, mean_over_positions, dense<2>> {};
    struct body : layers_between<words, 1, 3> {};
    struct head : layers_between<words, 3, 4> {};
    struct whole_body : layers_between<words, 0, 3> {};
    STATIC_REQUIRE(input_shape<body> == shape::tokens(3));
    STATIC_REQUIRE(input_shape<head> == shape(2));
    CHECK(core::description<body>::network_spelling()
          == "network<tokens<3, 4, padding<0>>, embedding<4, 2>, mean_over_positions>");
    model<body, reference, fp64> net;
    model<whole_body, reference, fp64> same;
    const std::vector<double> table{100, 200, 1, 2, 3, 4, 5, 6};
    net.set("1.weight", table), same.set("1.weight", table);
    const std::vector<std::int32_t> x{1, 0, 0, 1, 2, 0};
    CHECK(net(x) == std::vector<double>{1, 2, 2, 3});
    CHECK(same(x) == std::vector<double>{1, 2, 2, 3});
    CHECK(model<head>{}(std::vector<float>{1, 2}).size() == 2);
}
