#include "compare.hpp"

#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

#include <iostream>
#include <sstream>

using namespace strata_tests;

namespace {
struct small : strata::network<strata::image<2, 4, 4>, strata::conv<3, 2>, strata::batch_norm, strata::flatten,
                               strata::dense<2>> {};

// [names]
template <class Model>
void print_names(const Model& net) {
    for (const std::string_view name : net.names()) std::cout << name << '\n'; // 0.weight, 0.bias, ...
    for (const strata::named_parameter& p : net.named_parameters())
        std::cout << p.name << ' ' << strata::words_of(p.extents) << (p.is_buffer ? " buffer\n" : "\n");
}
// [/names]
} // namespace

TEST_CASE("names are views of text, and print as text does", "[model]") {
    std::ostringstream printed;
    std::streambuf* const before = std::cout.rdbuf(printed.rdbuf());
    print_names(strata::model<small>{strata::seed{1}});
    std::cout.rdbuf(before);
    CHECK(printed.str().find("0.weight\n0.bias\n1.weight\n") == 0);
    CHECK(printed.str().find("3.bias\n0.weight [3, 2, 2, 2]\n") != std::string::npos);
    CHECK(printed.str().find("1.running_mean [3] buffer\n") != std::string::npos);
}

TEST_CASE("a parameter is got and set by its name, in the conventional order", "[model]") {
    strata::model<small> net{strata::seed{1}};
    const strata::model<small, strata::reference> other{strata::seed{1}};
    for (const char* name : {"0.weight", "0.bias", "1.running_var", "3.weight"})
        CHECK(net.get(name) == other.get(name));
    CHECK(net.get("0.weight").size() == 3 * 2 * 2 * 2);
    std::vector<float> numbers(24);
    for (std::size_t i = 0; i < 24; ++i) numbers[i] = static_cast<float>(i);
    net.set("0.weight", numbers);
    CHECK(net.get("0.weight") == numbers);
    CHECK(net.get("3.weight") == other.get("3.weight"));
}

TEST_CASE("a wrong name or number of elements is one sentence", "[model]") {
    strata::model<small> net{strata::seed{1}};
    CHECK_THROWS_WITH(net.get("4.weight"),
                      "strata: the network has no parameter or buffer '4.weight'. Did you mean '0.weight', '1.weight' "
                      "or '3.weight'? It has 0.weight, 0.bias, 1.weight, 1.bias, 1.running_mean, 1.running_var, "
                      "3.weight, 3.bias.");
    CHECK_THROWS_WITH(net.set("3.bia", std::vector<float>(2)),
                      "strata: the network has no parameter or buffer '3.bia'. Did you mean '3.bias', '0.bias' or "
                      "'1.bias'? It has 0.weight, 0.bias, 1.weight, 1.bias, 1.running_mean, 1.running_var, 3.weight, "
                      "3.bias.");
    const auto before = net.get("0.bias");
    CHECK_THROWS_WITH(net.set("0.bias", std::vector<float>(2)),
                      "strata: '0.bias' has 3 elements, [3], but was given 2.");
    CHECK(net.get("0.bias") == before);
}

TEST_CASE("of many parameters the near ones and the first twenty are named", "[model]") {
    struct deep : strata::network<strata::features<1>, strata::repeat<12, strata::dense<1>>> {};
    strata::model<deep> net{strata::seed{1}};
    const auto names = net.names();
    REQUIRE(names.size() == 24);
    std::string message;
    try {
        (void)net.get(std::string(names[22]) + "s");
    } catch (const strata::error& e) {
        message = e.what();
    }
    INFO(message);
    CHECK(message.find("Did you mean '" + std::string(names[22]) + "'") != std::string::npos);
    CHECK(message.find(std::string(names[19]) + ", ... and 4 more (see net.names()).") != std::string::npos);
}
