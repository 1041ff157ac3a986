/// The doors of a model with several inputs and outputs: net(...), net.run(...), files.
#include "allocations.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/files.hpp>
#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

using namespace strata;
using namespace strata_tests;

namespace {

struct small : network<inputs<in<"left", features<2>>, in<"right", features<1>>>, dense<3>, tag<"l">, use<"right">,
                       dense<3>, add<"l">, tag<"sum">, relu, tag<"positive">, outputs<"sum", "positive">> {};
/// Too much work to run unrolled.
struct large : network<inputs<in<"left", features<80>>, in<"right", features<1>>>, dense<200>, tag<"l">, use<"right">,
                       dense<200>, add<"l">, tag<"sum">, relu, tag<"positive">, outputs<"sum", "positive">> {};
static_assert(model<small>::inference_plan::unrolled && !model<large>::inference_plan::unrolled);
// clang-format off: a path a line
// [network]
struct judge : strata::network<
    strata::inputs<strata::in<"picture", strata::image<3, 8, 8>>, strata::in<"place", strata::features<2>>>,
    strata::use<"picture">, strata::conv<8, 3>, strata::relu, strata::flatten, strata::dense<16>, strata::tag<"seen">,
    strata::use<"place">, strata::dense<16>, strata::add<"seen">, strata::relu, strata::tag<"both">,
    strata::dense<4>, strata::tag<"kind">,
    strata::use<"both">, strata::dense<1>, strata::tag<"distance">,
    strata::outputs<"kind", "distance">> {};
// [/network]
// clang-format on
struct sum_of_two : network<inputs<in<"a", features<2>>, in<"b", features<2>>>, add<"b">> {};

template <class Net, std::size_t Left, std::size_t Out>
void check_run() {
    const model<Net> net{seed{5}};
    const auto x = random_numbers<float>(3 * Left, 1), y = random_numbers<float>(3, 2);
    const auto expected = net(x, y);
    auto space = net.make_workspace(3);
    // one sample
    std::array<float, Left> left{};
    std::copy_n(x.begin(), Left, left.begin());
    const std::array<float, 1> right{y[0]};
    std::array<float, Out> sum{}, positive{};
    const long before = allocations();
    net.run(std::tie(left, right), std::tie(sum, positive), space);
    CHECK(allocations() == before);
    CHECK(std::equal(sum.begin(), sum.end(), expected.template get<"sum">().begin()));
    CHECK(std::equal(positive.begin(), positive.end(), expected.template get<"positive">().begin()));
    // by name, in another order
    std::array<float, Out> again{};
    net.run(std::tuple{port<"right">(right), port<"left">(left)},
            std::tuple{port<"positive">(positive), port<"sum">(again)}, space);
    CHECK(again == sum);
    // three samples, as static spans and as pointers
    std::array<float, 3 * Out> sums{}, positives{}, more{};
    const std::span<const float, 3 * Left> lefts(x);
    const std::span<const float, 3> rights(y);
    net.run(std::tie(lefts, rights), std::tie(sums, positives), space);
    CHECK(std::equal(sums.begin(), sums.end(), expected.template get<"sum">().begin()));
    const float *p = x.data(), *q = y.data();
    float *r = more.data(), *s = positives.data();
    net.run(std::tie(p, q), std::tie(r, s), 3, space);
    CHECK(more == sums);
    net.run(std::tie(p, q), std::tie(r, s), 0, space);
    net.run(std::tie(p, q), std::tie(r, s), space); // one sample
    CHECK(more == sums);
}

} // namespace

TEST_CASE("run takes tuples, by place and by name, and allocates nothing") {
    check_run<small, 2, 3>();
    check_run<large, 80, 200>();
    const model<sum_of_two> net;
    auto space = net.make_workspace();
    const std::array<float, 2> a{1, 2}, b{10, 20};
    std::array<float, 2> sum{};
    net.run(std::tie(a, b), sum, space); // one output needs no tuple
    CHECK(sum == std::array<float, 2>{11, 22});
}

TEST_CASE("run of several ports does not throw") {
    const model<sum_of_two> net;
    auto space = net.make_workspace();
    const std::array<float, 2> a{};
    std::array<float, 2> sum{};
    STATIC_REQUIRE(noexcept(net.run(std::tie(a, a), sum, space)));
}

TEST_CASE("the program of docs/ports.md") {
    const std::vector<float> pictures = random_numbers<float>(2 * 192, 1), places = random_numbers<float>(2 * 2, 2);
    // [call]
    const strata::model<judge> net{strata::seed{1}};
    const auto results = net(pictures, places); // in the order of inputs<...>
    const std::vector<float>& kinds = results.get<"kind">();
    const auto [kind, distance] = net(strata::port<"place">(places), strata::port<"picture">(pictures)); // by name
    // [/call]
    CHECK(kinds.size() == 2 * 4);
    CHECK(kind == kinds);
    CHECK(distance == results.get<"distance">());
    std::array<float, 192> picture{};
    std::copy_n(pictures.begin(), 192, picture.begin());
    const std::array<float, 2> place{places[0], places[1]};
    // [run]
    auto space = net.make_workspace(); // once per thread
    std::array<float, 4> scores;
    std::array<float, 1> meters;
    net.run(std::tie(picture, place), std::tie(scores, meters), space); // neither allocates nor throws
    net.run(std::tuple{strata::port<"place">(place), strata::port<"picture">(picture)}, std::tie(scores, meters),
            space);
    // [/run]
    CHECK(std::equal(scores.begin(), scores.end(), kinds.begin()));
    CHECK(meters[0] == distance[0]);
}

TEST_CASE("what does not fit is a sentence") {
    const model<small> net;
    CHECK(message_of<shape_error>([&] { (void)net(std::vector<float>(3), std::vector<float>(1)); })
          == "strata: the model was given 3 elements for the input \"left\", which takes samples of [2], 2 elements "
             "each. Pass one sample or a batch of whole samples.");
    CHECK(
        message_of<shape_error>([&] { (void)net(std::vector<float>(4), std::vector<float>(3)); })
        == "strata: the model was given 2 samples for the input \"left\" and 3 for \"right\". Pass as many for each.");
}

TEST_CASE("files know parameters, not ports") {
    const model<small> net{seed{1}};
    const auto bytes = net.save_bytes();
    model<small> other{seed{2}};
    other.load(bytes);
    const std::vector<float> left{1, 2}, right{3};
    CHECK(other(left, right).get<"sum">() == net(left, right).get<"sum">());
    CHECK(says(message_of<error>([&] { (void)net.save_bytes({.self_test = left}); }),
               "cannot have a self-test: its network has several inputs or outputs"));
    CHECK(net.save_bytes({.stored = io::dtype::bf16}).size() < bytes.size());
    // a network of the same layers with one output takes the parameters, and the other way round
    struct trained : network<inputs<in<"left", features<2>>, in<"right", features<1>>>, dense<3>, tag<"l">,
                             use<"right">, dense<3>, add<"l">> {};
    model<trained> one{seed{3}};
    CHECK(one.take(net).complete());
    CHECK(one(left, right) == net(left, right).get<"sum">());
}
