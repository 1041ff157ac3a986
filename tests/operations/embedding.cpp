#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/sequences.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::tokens<3, 4>, strata::embedding<4, 2>> {};
/// Rows of a register and a bit, of tokens that are there often, once and never.
struct sentences
    : strata::network<strata::tokens<6, 9>, strata::embedding<9, 19>, strata::dense<5>, strata::tanh_activation> {};
struct one_word : strata::network<strata::tokens<1, 8>, strata::embedding<11, 8>> {};
struct long_one : strata::network<strata::tokens<70, 8>, strata::embedding<8, 3>, strata::softmax> {};

/// A table that is the weight of a product as well, before or behind.
template <bool EmbedsFirst>
struct shared_table {
    static constexpr value build(graph& g, value x) {
        const value w = g.parameter("weight", shape(9, 9), init::normal);
        if (!EmbedsFirst) {
            const value y = g.add_value(shape::sequence(2, 9));
            strata::operations::affine::append(g, y, w, {});
        }
        const value y = strata::operations::embedding::append(g, x, w);
        return EmbedsFirst ? strata::operations::affine::append(g, y, w, {}) : y;
    }
    static constexpr void spell(text& t) { t.add("shared_table"); }
};
template <bool EmbedsFirst>
std::string mistake_of_a_shared_table() {
    const graph g = strata::core::build<strata::network<strata::tokens<2, 9>, shared_table<EmbedsFirst>>>({});
    return std::string(g.first_mistake().sentence.begin(), g.first_mistake().sentence.end());
}

#if !defined(__CUDACC__)
constexpr int none = -1, above = 4;

template <class Policy, class T>
void check_by_hand() {
    run_of<train_plan<alone, weighted_sum, Policy, T>, Policy, T> r(2);
    r.write(0, {1, 2, 3, 4, 5, 6, 7, 8});
    r.give_tokens({3, 0, 3, 1, 3, 0});
    r.target = {1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60}; // what the loss weighs the result with
    r.run();
    CHECK(r.output == std::vector<T>{7, 8, 1, 2, 7, 8, 3, 4, 7, 8, 1, 2});
    CHECK(r.gradient(0) == std::vector<T>{2 + 6, 20 + 60, 4, 40, 0, 0, 1 + 3 + 5, 10 + 30 + 50});
    CHECK(r.input_gradient().empty());
    // A token without a row shows in the result, and adds to no row.
    r.give_tokens({none, 0, 3, 1, above, 0});
    r.run();
    CHECK((std::isnan(r.output[0]) && std::isnan(r.output[1]) && std::isnan(r.output[8]) && std::isnan(r.output[9])));
    CHECK(r.gradient(0) == std::vector<T>{2 + 6, 20 + 60, 4, 40, 0, 0, 3, 30});
}
#endif
} // namespace

TEST_CASE("embedding by hand: rows of the table, and the sums of their gradients") {
#if !defined(__CUDACC__)
    check_by_hand<strata::reference, double>();
    check_by_hand<strata::cpu, float>();
    check_by_hand<strata::cpu, double>();
    check_by_hand<gpu_on_host, float>();
#endif
    STATIC_REQUIRE(strata::output_shape<sentences> == strata::shape::sequence(6, 5));
    STATIC_REQUIRE(strata::parameter_count<alone> == 8);
}

TEST_CASE("embedding keeps the laws") { check_laws<sentences, one_word, long_one>(); }

TEST_CASE("embedding and dense cannot share a weight: one reads it in rows, the other packed") {
    CHECK(mistake_of_a_shared_table<true>().find("the operations embedding and affine share the weight \"weight\"")
          != std::string::npos);
    CHECK(mistake_of_a_shared_table<false>().find("the operations affine and embedding share the weight \"weight\"")
          != std::string::npos);
}

#if !defined(__CUDACC__)
TEST_CASE("embedding: the bits of a gradient do not depend on how its rows are divided") {
    struct large : strata::network<strata::tokens<20, 300>, strata::embedding<300, 24>> {};
    using plan = train_plan<large, weighted_sum, strata::cpu, float, 8>;
    host_run<plan, strata::cpu, float> whole(10);
    std::vector<std::int32_t> tokens(200);
    for (std::size_t t = 0; t < tokens.size(); ++t) tokens[t] = static_cast<std::int32_t>(t * t * 7 % 150);
    whole.give_tokens(tokens);
    whole.target = random_numbers<float>(200 * 24, 3);
    whole.run();
    constexpr int last = plan::steps - 1;
    STATIC_REQUIRE(plan::data.steps[last].kind == operations::embedding_gradient::kind);
    STATIC_REQUIRE(plan::data.steps[last].rows == 300);
    std::vector<float> parts(300 * 24, -1);
    strata::core::call<float> c;
    c.at[0] = whole.input.data(), c.at[1] = whole.target.data(), c.at[2] = parts.data();
    c.batch = 200;
    for (const int first : {100, 0, 250}) {
        c.first = first, c.last = first == 0 ? 100 : first == 100 ? 250 : 300;
        strata::core::kernel_table<plan, strata::cpu, float>.rows[plan::data.steps[last].kernel](c);
    }
    CHECK(parts == whole.gradient(0));
}

TEST_CASE("embedding starts with the normal distribution, from the seed") {
    struct table : strata::network<strata::tokens<1, 500>, strata::embedding<500, 40>> {};
    const strata::model<table> a{strata::seed{3}}, b{strata::seed{3}}, c{strata::seed{4}};
    const std::vector<float> numbers = a.get("0.weight");
    CHECK(numbers == b.get("0.weight"));
    CHECK(numbers != c.get("0.weight"));
    double sum = 0, squares = 0, fourths = 0;
    int within = 0;
    for (const float x : numbers) sum += x, squares += x * x, fourths += x * x * x * x, within += std::abs(x) < 1;
    // of 20,000 numbers: standard errors 0.0071 of the mean, 0.01 of the mean square, 0.07 of the mean fourth power,
    // and 0.0033 of the share within one deviation
    CHECK(std::abs(sum / 20000) < 4 * 0.0071);
    CHECK(std::abs(squares / 20000 - 1) < 4 * 0.01);
    CHECK(std::abs(fourths / 20000 - 3) < 4 * 0.07);
    CHECK(std::abs(within / 20000.0 - 0.6827) < 4 * 0.0033);
}
#endif
