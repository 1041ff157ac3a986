/// What is known of a network before anything runs: shapes, counts, names.
#include "catch.hpp"
#include "nets.hpp"

#include <strata/plan/description.hpp>
#include <strata/plan/facts.hpp>

#include <string>
#include <vector>

using namespace strata;
using namespace strata::core;
using strata_tests::blocks_in_blocks;
using strata_tests::lenet5;

static_assert(parameter_count<lenet5> == 61'706);
static_assert(input_shape<lenet5> == shape(1, 28, 28));
static_assert(output_shape<lenet5> == shape(10));
// Twice the products and once the biases of conv (117,600; 240,000) and dense (48,000; 10,080; 840), once each relu,
// four comparisons for each pooled pixel.
static_assert(flops<lenet5>
              == 2 * 117'600 + 4704 + 4704 + 4 * 1176 + 2 * 240'000 + 1600 + 1600 + 4 * 400 + 2 * 48'000 + 120 + 120
                     + 2 * 10'080 + 84 + 84 + 2 * 840 + 10);

namespace {
template <class... Layers>
struct on_image : network<image<4, 11, 10>, Layers...> {};
template <class... Layers>
constexpr shape out = output_shape<on_image<Layers...>>;
} // namespace

// Extents of windows: valid, padded, same, with strides, dilation, unequal sides, rounding down and up.
static_assert(out<conv<6, 3>> == shape(6, 9, 8));
static_assert(out<conv<6, 3, padding<1>>> == shape(6, 11, 10));
static_assert(out<conv<6, kernel(3, 5), padding<0, 2>, stride<2, 3>>> == shape(6, 5, 4));
static_assert(out<conv<6, 4, same>> == shape(6, 11, 10));
static_assert(out<conv<6, 3, same, stride<2>>> == shape(6, 6, 5));
static_assert(out<conv<6, 3, same, stride<3>, dilation<2>>> == shape(6, 4, 4));
static_assert(out<conv<6, 3, dilation<4, 2>>> == shape(6, 3, 6));
static_assert(out<conv<6, 11, padding<5>>> == shape(6, 11, 10));
static_assert(out<max_pool<2>> == shape(4, 5, 5));
static_assert(out<max_pool<2, ceil_mode>> == shape(4, 6, 5));
static_assert(out<max_pool<3, stride<1>>> == shape(4, 9, 8));
static_assert(out<avg_pool<3, padding<1>, stride<2>>> == shape(4, 6, 5));
static_assert(out<avg_pool<3, same, stride<3>>> == shape(4, 4, 4));
// With rounding up, a last window that would begin in the padding at the end is dropped.
static_assert(output_shape<network<image<2, 6, 7>, max_pool<2, stride<3>, ceil_mode>>> == shape(2, 2, 3));
static_assert(out<global_avg_pool> == shape(4));
static_assert(out<flatten> == shape(440));
static_assert(out<pass> == shape(4, 11, 10));
static_assert(out<parallel<concat_all, pass, conv<3, 1>, conv<2, 3, same>>> == shape(9, 11, 10));
static_assert(out<tag<"x">, relu, concat<"x">> == shape(8, 11, 10));
static_assert(out<residual<max_pool<2>, conv<4, kernel(3, 2), stride<2>>>> == shape(4, 5, 5));

static_assert(parameter_count<on_image<conv<6, 3>>> == 6 * 4 * 9 + 6);
static_assert(parameter_count<on_image<conv<6, kernel(3, 5), groups<2>, no_bias>>> == 6 * 2 * 15);
static_assert(parameter_count<on_image<batch_norm>> == 8); // running statistics are no parameters
static_assert(parameter_count<on_image<flatten, dense<3, no_bias>>> == 3 * 440);
static_assert(parameter_count<on_image<repeat<5, conv<4, 1>>>> == 5 * 20);
static_assert(parameter_count<on_image<relu, dropout<0.5>, softmax>> == 0);

// Files tell layers apart by their names: two side by side may not have the same.
static_assert(!is_sound<network<features<2>, named<"a", dense<2>>, named<"a", dense<2>>>>);
static_assert(is_sound<network<features<2>, named<"a", dense<2>>, sequence<named<"a", dense<2>>>>>);
static_assert(!is_sound<network<features<2>, named<"", dense<2>>>>
              && !is_sound<network<features<2>, named<"12", dense<2>>>>);
static_assert(is_sound<network<features<2>, named<"1x", dense<2>>, named<"a", named<"a", dense<2>>>>>);

// Sizes that an int cannot count are a mistake wherever they come up, and the largest that it can are none.
static_assert(!is_sound<network<features<2'147'483'647>, tag<"x">, concat<"x">>>);
static_assert(is_sound<network<features<1'073'741'823>, tag<"x">, concat<"x">>>);
static_assert(!is_sound<on_image<max_pool<2, stride<1>, padding<2'147'483'647>>>>);
static_assert(!is_sound<on_image<conv<2'147'483'647, 1>>> && !is_sound<on_image<conv<1, 2'147'483'647>>>);
static_assert(!is_sound<on_image<conv<3, 3, dilation<2'147'483'647>>>>);
static_assert(!is_sound<on_image<conv<3, 3, same, dilation<2'147'483'647>>>>);
static_assert(!is_sound<on_image<conv<3, kernel(2'147'483'647, 2'147'483'647), padding<1'073'741'823>>>>);
static_assert(out<conv<3, 1, same, stride<2'147'483'647>>> == shape(3, 1, 1));
static_assert(!is_sound<network<image<2'147'483'647, 2'147'483'647, 2'147'483'647>>>);

namespace {
template <class Net>
std::vector<std::string> names() {
    std::vector<std::string> all;
    for (int i = 0; i < build<Net>(request{}).parameters.size(); ++i) all.emplace_back(description<Net>::name(i));
    return all;
}
template <class Net>
std::vector<std::string> spellings() {
    std::vector<std::string> all;
    for (int i = 0; i < description<Net>::layers; ++i) all.emplace_back(description<Net>::spelling(i));
    return all;
}
} // namespace

TEST_CASE("names in files are torch.nn.Sequential's: layers without parameters count") {
    CHECK(names<lenet5>()
          == std::vector<std::string>{"0.weight", "0.bias", "3.weight", "3.bias", "7.weight", "7.bias", "9.weight",
                                      "9.bias", "11.weight", "11.bias"});
}

TEST_CASE("names in files through nested blocks") {
    CHECK(
        names<blocks_in_blocks>()
        == std::vector<std::string>{
            "stem.weight", // a named layer takes the name itself
            "1.weight",          "1.bias",          "1.running_mean",  "1.running_var", // batch_norm
            "2.0.0.weight",      "2.0.0.bias",      "2.1.0.weight",    "2.1.0.bias", // repeat: which time, which layer
            "3.body.0.weight",   "3.body.0.bias",   "3.body.2.weight", "3.body.2.bias", // residual
            "3.shortcut.weight", "3.shortcut.bias",                                     //
            "middle.0.weight",   "middle.0.bias",                                       // named, of several layers
            "7.0.weight",        "7.0.bias",        "7.1.1.weight",    "7.1.1.bias",    // parallel
            "12.weight",         "12.bias",         "14.weight",       "14.bias"});
}

TEST_CASE("a name in a name keeps both parts") {
    using net =
        network<features<2>, named<"a", named<"b", dense<3>>>, named<"c", named<"d", dense<2>, relu>, dense<2>>>;
    CHECK(
        names<net>()
        == std::vector<std::string>{"a.b.weight", "a.b.bias", "c.d.0.weight", "c.d.0.bias", "c.1.weight", "c.1.bias"});
}

TEST_CASE("layers that differ in a small number are spelt differently") {
    CHECK(spellings<network<features<2>, leaky_relu<1e-8>, leaky_relu<2e-8>, dropout<0.1234567>>>()
          == std::vector<std::string>{"leaky_relu<1e-8>", "leaky_relu<2e-8>", "dropout<0.1234567>"});
}

TEST_CASE("layers spell themselves as their user wrote them") {
    CHECK(spellings<lenet5>()
          == std::vector<std::string>{"conv<6, 5, same>", "relu", "max_pool<2>", "conv<16, 5>", "relu", "max_pool<2>",
                                      "flatten", "dense<120>", "relu", "dense<84>", "relu", "dense<10>"});
    CHECK(description<lenet5>::network_spelling()
          == "network<image<1, 28, 28>, conv<6, 5, same>, relu, max_pool<2>, conv<16, 5>, relu, max_pool<2>, flatten, "
             "dense<120>, relu, dense<84>, relu, dense<10>>");
    using odd = on_image<conv<6, kernel(3, 5), padding<0, 2>, stride<2>, dilation<1>, groups<2>, no_bias>, leaky_relu<>,
                         leaky_relu<0.2>, avg_pool<2, ceil_mode>, dropout<0.5>, global_avg_pool, tag<"x">, add<"x">,
                         residual<dense<6>>, repeat<2, dense<6>, sigmoid>, named<"head", dense<3>>>;
    CHECK(description<odd>::network_spelling()
          == "network<image<4, 11, 10>, conv<6, kernel(3, 5), padding<0, 2>, stride<2>, dilation<1>, groups<2>, "
             "no_bias>, "
             "leaky_relu<>, leaky_relu<0.2>, avg_pool<2, ceil_mode>, dropout<0.5>, global_avg_pool, tag<\"x\">, "
             "add<\"x\">, "
             "residual<dense<6>, pass>, repeat<2, dense<6>, sigmoid>, named<\"head\", dense<3>>>");
}

TEST_CASE("the description counts each layer's parameters, its blocks' included") {
    using words = description<blocks_in_blocks>;
    const auto row = [](const std::string& spelling) {
        for (int i = 0; i < words::layers; ++i)
            if (words::spelling(i) == spelling) return words::layer(i);
        FAIL("no layer " << spelling);
        return described_layer{};
    };
    CHECK(row("batch_norm").parameters == 12);
    CHECK(row("repeat<2, conv<6, 3, same>, relu>").parameters == 2 * (6 * 6 * 9 + 6));
    CHECK(row("repeat<2, conv<6, 3, same>, relu>").output == shape(6, 8, 8));
    CHECK(row("conv<5, 1>").depth == 2);
    CHECK(row("conv<5, 1>").parameters == 45);
    CHECK(row("dense<17>").parameters == 15 * 16 * 17 + 17);
}
