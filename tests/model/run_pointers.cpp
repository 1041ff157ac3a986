/// net.run with pointers: one sample, or a number of them; and a workspace as the member of a class.
#include "catch.hpp"
#include "nets.hpp"
#include "random_numbers.hpp"

#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

#include <array>
#include <type_traits>
#include <vector>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct small : network<features<6>, dense<5>, relu, dense<3>> {}; // one function, unrolled
// [member]
class classifier {
  public:
    // From a place that owns its samples: no copy, no allocation, no exception.
    void classify(const float* image, float* scores) noexcept { net_.run(image, scores, space_); }

  private:
    strata::model<small> net_{strata::seed{1}};
    strata::workspace<float> space_ = net_.make_workspace(); // strata::model<small>::workspace_type, by its name
};
// [/member]

template <class Net, class Policy = cpu, class Precision = fp32>
void check_pointers() {
    using number = typename Precision::type;
    using model_type = model<Net, Policy, Precision>;
    constexpr int in = model_type::input_size, out = model_type::output_size, samples = 11;
    const model_type net{seed{1}};
    const auto x = random_numbers<number>(samples * in, 3);
    const auto expected = net(x);
    auto space = net.make_workspace(samples);

    std::vector<number> y(samples * out);
    net.run(x.data(), y.data(), samples, space);
    CHECK(y == expected);
    for (int n = 0; n < samples; ++n) { // one at a time: const and mutable pointers, and a span beside one
        std::array<number, out> one{};
        const number* const from = x.data() + n * in;
        net.run(from, one.data(), space);
        CHECK(std::equal(one.begin(), one.end(), expected.begin() + n * out));
        std::vector<number> sample(from, from + in), result(out);
        net.run(sample.data(), result.data(), space);
        CHECK(std::equal(result.begin(), result.end(), expected.begin() + n * out));
        std::array<number, out> beside{};
        net.run(from, beside, space);
        CHECK(beside == one);
    }
    std::vector<number> untouched(out, number(7));
    net.run(x.data(), untouched.data(), 0, space);
    CHECK(untouched == std::vector<number>(out, number(7)));
    STATIC_REQUIRE(noexcept(net.run(x.data(), y.data(), space)));
    STATIC_REQUIRE(noexcept(net.run(x.data(), y.data(), samples, space)));
}

} // namespace

TEST_CASE("run takes pointers to one sample, or to a number of them, and gives what net(x) gives") {
    check_pointers<small>();
    check_pointers<small, reference, fp64>();
    check_pointers<lenet5>();
}

TEST_CASE("C arrays keep their extents: they are no pointers") {
    const model<small> net{seed{1}};
    auto space = net.make_workspace(2);
    float two[12]{1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1}, results[6]{};
    net.run(two, results, space); // two samples
    const auto expected = net(std::vector<float>(two, two + 12));
    CHECK(std::equal(expected.begin(), expected.end(), results));
}

TEST_CASE("a workspace is a member like any other") {
    STATIC_REQUIRE(std::is_same_v<model<small>::workspace_type, workspace<float>>);
    STATIC_REQUIRE(std::is_same_v<model<small, reference, fp64>::workspace_type, workspace<double>>);
    classifier c;
    const std::vector<float> x{1, 2, 3, 4, 5, 6};
    std::vector<float> y(3);
    c.classify(x.data(), y.data());
    CHECK(y == model<small>{seed{1}}(x));
}
