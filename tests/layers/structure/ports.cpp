/// Networks of several inputs and outputs: inputs, in, use, outputs.
#include "compare.hpp"
#include "files.hpp"

#include <strata/inference.hpp>
#include <strata/train/summary.hpp>

using namespace strata;
using namespace strata_tests;

namespace {

using numbers = std::vector<double>;

/// l = W left, s = l + V right, and what is positive of it.
struct two
    : network<inputs<in<"left", features<2>>, in<"right", features<1>>>, dense<2, no_bias>, tag<"l">, use<"right">,
              dense<2, no_bias>, add<"l">, tag<"sum">, relu, tag<"positive">, outputs<"sum", "positive">> {};
struct two_to_one : network<inputs<in<"left", features<2>>, in<"right", features<1>>>, concat<"right">> {};
struct one_to_two : network<features<3>, tag<"x">, relu, tag<"y">, outputs<"y", "x">> {};
struct named_one : network<in<"x", features<2>>, relu> {};
/// An output that is an input, one under two names, and one that is another laid flat.
struct shared : network<in<"x", image<2, 1, 2>>, relu, tag<"y">, tag<"same">, flatten, tag<"flat">,
                        outputs<"y", "x", "same", "flat">> {};
/// Images that cpu has channels-last, beside flat values; results of both kinds, two of which are read further on.
struct seen : network<inputs<in<"picture", image<2, 5, 4>>, in<"place", features<3>>, in<"mask", image<17, 4, 3>>>,
                      conv<17, 2>, relu, tag<"maps">, add<"mask">, tag<"masked">, flatten, tag<"flat">, dense<6>,
                      tag<"what">, use<"place">, dense<6>, tanh_activation, add<"what">, dense<3>, tag<"scores">,
                      outputs<"scores", "masked", "maps", "what">> {};
/// Blocks read inputs by name as well.
struct in_blocks
    : network<inputs<in<"a", features<2>>, in<"b", features<2>>>, sequence<relu, residual<sequence<use<"b">, relu>>>> {
};

template <class Net, class Policy>
model<Net, Policy, fp64> filled() {
    model<Net, Policy, fp64> net;
    net.set(0, numbers{1, 2, -3, 0.5}.data());
    net.set(1, numbers{10, -1}.data());
    return net;
}
template <class Policy>
void check_by_hand() {
    const auto net = filled<two, Policy>();
    // [1 2; −3 0.5] [1, 2] = [5, −2],  [10, −1] 3 = [30, −3];  [1 2; −3 0.5] [0, 4] = [8, 2],  [10, −1] (−1) = [−10, 1]
    const numbers left{1, 2, 0, 4}, right{3, -1};
    const auto r = net(left, right);
    CHECK(r.template get<"sum">() == numbers{35, -5, -2, 3});
    CHECK(r.template get<"positive">() == numbers{35, 0, 0, 3});
    const model<two_to_one, Policy, fp64> joined;
    CHECK(joined(left, right) == numbers{1, 2, 3, 0, 4, -1});
    const model<one_to_two, Policy, fp64> split;
    const auto [y, x] = split(numbers{1, -2, 3});
    CHECK(y == numbers{1, 0, 3});
    CHECK(x == numbers{1, -2, 3});
    const model<shared, Policy, fp64> all;
    const auto s = all(numbers{-1, 2, 3, -4, 5, 6, -7, 8});
    const numbers positive{0, 2, 3, 0, 5, 6, 0, 8};
    CHECK(s.template get<"y">() == positive);
    CHECK(s.template get<"x">() == numbers{-1, 2, 3, -4, 5, 6, -7, 8});
    CHECK(s.template get<"same">() == positive);
    CHECK(s.template get<"flat">() == positive);
    const model<in_blocks, Policy, fp64> blocks;
    CHECK(blocks(numbers{-1, 2}, numbers{3, -4}) == numbers{3, 2});
}

} // namespace

TEST_CASE("several inputs and outputs by hand") {
    check_by_hand<reference>();
    check_by_hand<cpu>();
}

TEST_CASE("inputs are given by place, or by name in any order") {
    const auto net = filled<two, cpu>();
    const numbers left{1, 2}, right{3};
    const auto by_place = net(left, right), by_name = net(port<"right">(right), port<"left">(numbers{1, 2}));
    CHECK(by_place.get<"sum">() == numbers{35, -5});
    CHECK(by_name.get<"sum">() == numbers{35, -5});
    CHECK(by_name.get<0>() == by_name.get<"sum">());
    const auto [sum, positive] = net(left, right);
    CHECK(positive == numbers{35, 0});
    numbers kept = net(left, right).get<"sum">(); // of a temporary
    CHECK(kept == sum);
    const model<named_one, cpu, fp64> one;
    CHECK(one(numbers{-1, 2}) == numbers{0, 2});
    CHECK(one(port<"x">(numbers{-1, 2})) == numbers{0, 2});
}

TEST_CASE("images and flat values at once: cpu gives what reference gives") {
    const model<seen, cpu, fp64> net{seed{3}};
    const model<seen, reference, fp64> expected{seed{3}};
    for (const int batch : {1, 7, 20}) {
        const auto picture = random_numbers<double>(batch * 40, 1), place = random_numbers<double>(batch * 3, 2),
                   mask = random_numbers<double>(batch * 17 * 12, 3);
        const auto got = net(picture, place, mask), want = expected(picture, place, mask);
        const auto check = [](const numbers& a, const numbers& b) { CHECK(differences("result", a, b, 1e-13) == 0); };
        check(got.get<"scores">(), want.get<"scores">());
        check(got.get<"masked">(), want.get<"masked">());
        check(got.get<"maps">(), want.get<"maps">());
        check(got.get<"what">(), want.get<"what">());
        // conv's results and the mask, added
        numbers sum = got.get<"maps">();
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += mask[i];
        CHECK(got.get<"masked">() == sum);
    }
}

TEST_CASE("the plan knows all inputs and outputs") {
    using plan = model<two>::inference_plan;
    STATIC_REQUIRE(plan::inputs == 2);
    STATIC_REQUIRE(plan::outputs == 2);
    STATIC_REQUIRE(plan::data.inputs[1].extents == shape(1));
    STATIC_REQUIRE(same_text(plan::data.outputs[1].name, "positive"));
    // each in a block of its own
    STATIC_REQUIRE(plan::data.inputs[1].where == core::input_port(1));
    STATIC_REQUIRE(plan::data.outputs[1].where == core::output_port(1, 2));
    STATIC_REQUIRE(plan::data.inputs[1].where != plan::data.outputs[1].where);
    STATIC_REQUIRE(port_shape<two, "left"> == shape(2));
    STATIC_REQUIRE(port_shape<seen, "mask"> == shape(17, 4, 3));
    STATIC_REQUIRE(port_shape<seen, "masked"> == shape(17, 4, 3));
    STATIC_REQUIRE(output_shape<two_to_one> == shape(3));
    STATIC_REQUIRE(parameter_count<two> == 4 + 2);
    using single = model<one_to_two>::inference_plan;
    STATIC_REQUIRE(single::inputs == 1);
    STATIC_REQUIRE(single::data.inputs[0].name[0] == 0);
}

TEST_CASE("the summary lists all inputs and outputs") {
    const std::string table = summary<two>();
    CHECK(says(table, "input \"left\"", "input \"right\"", "output \"sum\"", "output \"positive\""));
    CHECK(says(summary<named_one>(), "input \"x\""));
    const std::string plain = summary<network<features<3>, relu>>();
    CHECK(says(plain, "input  "));
    CHECK(plain.find("output \"") == std::string::npos);
}
