/// What weights and biases start with, by name: moments and bounds, orthogonal rows, the identity, the defaults of
/// PyTorch and Keras, and nothing that depends on anything but the seed.
#include "catch.hpp"

#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace strata;

namespace {

/// The weight of a network of one layer.
template <class Layer, class Input = features<40>>
struct one : network<Input, Layer> {};
template <class Layer, class Input = features<40>>
std::vector<double> weight_of(std::uint64_t s = 1, int which = 0) {
    const model<one<Layer, Input>, cpu, fp64> net{seed{s}};
    return net.get(which == 0 ? "0.weight" : "0.bias");
}

struct moments {
    double mean = 0, variance = 0, largest = 0;
    explicit moments(const std::vector<double>& w) {
        for (const double x : w) mean += x / static_cast<double>(w.size());
        for (const double x : w)
            variance += (x - mean) * (x - mean) / static_cast<double>(w.size()),
                largest = std::max(largest, std::fabs(x));
    }
};

/// Within five standard errors: of the mean sqrt(variance / N), of the variance at most variance · sqrt(2 / N), that of
/// the normal distribution.
void check_moments(const std::vector<double>& w, double variance, double bound = 1e300) {
    const moments found(w);
    const double n = static_cast<double>(w.size());
    CHECK(std::fabs(found.mean) <= 5 * std::sqrt(variance / n));
    CHECK(std::fabs(found.variance / variance - 1) <= 5 * std::sqrt(2 / n));
    CHECK(found.largest <= bound);
}
/// The largest of a uniform distribution is near its bound: of 4,000 numbers within 1 part in 100.
void check_uniform(const std::vector<double>& w, double bound) {
    check_moments(w, bound * bound / 3, bound);
    CHECK(moments(w).largest >= 0.99 * bound);
}

/// product[i][j] of rows i and j is `square` where i = j, else 0.
void check_orthogonal(const std::vector<double>& w, int rows, int columns, double square) {
    const bool across = rows > columns;
    const int vectors = across ? columns : rows, size = across ? rows : columns;
    const auto at = [&](int v, int e) {
        return w[static_cast<std::size_t>(across ? e * columns + v : v * columns + e)];
    };
    double worst = 0;
    for (int i = 0; i < vectors; ++i)
        for (int j = 0; j < vectors; ++j) {
            double sum = 0;
            for (int e = 0; e < size; ++e) sum += at(i, e) * at(j, e);
            worst = std::max(worst, std::fabs(sum - (i == j ? square : 0)));
        }
    CHECK(worst <= 1e-14 * square); // sums of up to a hundred products of numbers below 1, in double
}

} // namespace

TEST_CASE("initial: kaiming, xavier and lecun have their variances, by fan in and fan out", "[layers]") {
    check_uniform(weight_of<dense<100, initial<kaiming_uniform>>>(), std::sqrt(6.0 / 40));
    check_moments(weight_of<dense<100, initial<kaiming_normal>>>(), 2.0 / 40);
    check_uniform(weight_of<dense<100, initial<xavier_uniform>>>(), std::sqrt(6.0 / 140));
    check_moments(weight_of<dense<100, initial<xavier_normal>>>(), 2.0 / 140);
    check_uniform(weight_of<dense<100, initial<lecun_uniform>>>(), std::sqrt(3.0 / 40));
    check_moments(weight_of<dense<100, initial<lecun_normal>>>(), 1.0 / 40);
    check_moments(weight_of<dense<100, initial<kaiming_normal, by_fan_out>>>(), 2.0 / 100);
    check_uniform(weight_of<dense<100, initial<xavier_uniform, with_gain<2.5>>>>(), 2.5 * std::sqrt(6.0 / 140));
    using picture = image<8, 9, 9>; // fan in 8 · 9, fan out 64 · 9; with two groups PyTorch's fan in is 4 · 9
    check_moments(weight_of<conv<64, 3, initial<kaiming_normal>>, picture>(), 2.0 / 72);
    check_moments(weight_of<conv<64, 3, no_bias, initial<kaiming_normal, by_fan_out>>, picture>(), 2.0 / 576);
    check_uniform(weight_of<conv<128, 3, initial<xavier_uniform>, groups<2>>, picture>(), std::sqrt(6.0 / (36 + 1152)));
    check_moments(weight_of<conv1d<64, 9, initial<kaiming_normal>>, time_series<8, 20>>(), 2.0 / 72);
}

TEST_CASE("initial: distributions of given size", "[layers]") {
    check_moments(weight_of<dense<100, initial<random_normal<0.02>>>>(), 0.0004);
    CHECK(moments(weight_of<dense<100, initial<random_normal<0.02>>>>()).largest > 0.06); // 3 in 1,000 are beyond
    // within two deviations the variance is 0.7737 of the whole distribution's
    check_moments(weight_of<dense<100, initial<truncated_normal<0.02>>>>(), 0.0004 * 0.77374, 0.04);
    CHECK(moments(weight_of<dense<100, initial<truncated_normal<0.02>>>>()).largest > 0.039);
    check_uniform(weight_of<dense<100, initial<random_uniform<0.3>>>>(), 0.3);
    CHECK(weight_of<dense<3, initial<constant_value<-0.25>>, initial_bias<constant_value<2>>>, features<2>>()
          == std::vector<double>(6, -0.25));
    CHECK(weight_of<dense<3, initial_bias<constant_value<2>>>, features<2>>(1, 1) == std::vector<double>(3, 2));
    check_moments(weight_of<dense<4000, initial_bias<random_normal<0.5>>>, features<2>>(1, 1), 0.25);
}

TEST_CASE("initial: orthogonal rows, or columns where there are fewer", "[layers]") {
    check_orthogonal(weight_of<dense<30, initial<orthogonal>>>(), 30, 40, 1);
    check_orthogonal(weight_of<dense<40, initial<orthogonal>>>(), 40, 40, 1);
    check_orthogonal(weight_of<dense<100, initial<orthogonal>>>(), 100, 40, 1);
    check_orthogonal(weight_of<dense<20, initial<orthogonal, with_gain<1.5>>>>(), 20, 40, 2.25);
    check_orthogonal(weight_of<conv<16, 3, initial<orthogonal>>, image<4, 5, 5>>(), 16, 36, 1);
    // uniform among all: an element of 40 has variance 1/40, and both signs
    check_moments(weight_of<dense<40, initial<orthogonal>>>(3), 1.0 / 40);
}

TEST_CASE("initial: dirac leaves the channels as they are", "[layers]") {
    using picture = image<3, 4, 5>;
    struct same_channels : network<picture, conv<3, 3, same, initial<dirac>, initial_bias<constant_value<0>>>> {};
    const model<same_channels, reference, fp64> net;
    std::vector<double> x;
    for (int i = 0; i < 60; ++i) x.push_back(i - 20);
    CHECK(net(x) == x);
    struct grouped : network<image<4, 1, 2>, conv<8, 1, groups<2>, no_bias, initial<dirac>>> {};
    const model<grouped> pairs; // as PyTorch's dirac_(w, groups=2): in each group two filters pass, two are zero
    CHECK(pairs(std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8})
          == std::vector<float>{1, 2, 3, 4, 0, 0, 0, 0, 5, 6, 7, 8, 0, 0, 0, 0});
    struct flat : network<features<3>, dense<4, no_bias, initial<dirac>>> {};
    CHECK(model<flat>()(std::vector<float>{1, 2, 3}) == std::vector<float>{1, 2, 3, 0});
    struct times : network<time_series<2, 4>, conv1d<2, 3, same, no_bias, initial<dirac>>> {};
    CHECK(model<times>()(std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8}) == std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("initial: PyTorch's default is what there is without an option, Keras' has a bias of zeros", "[layers]") {
    CHECK(weight_of<dense<30, initial<pytorch_default>>>() == weight_of<dense<30>>());
    CHECK(weight_of<dense<30, initial<pytorch_default>>>(1, 1) == weight_of<dense<30>>(1, 1));
    CHECK(moments(weight_of<dense<100>>()).largest <= 1 / std::sqrt(40.0));
    CHECK(weight_of<dense<30, initial<keras_default>>>() == weight_of<dense<30, initial<xavier_uniform>>>());
    CHECK(weight_of<dense<30, initial<keras_default>>>(1, 1) == std::vector<double>(30, 0));
    using with_bias = dense<30, initial_bias<constant_value<1>>, initial<keras_default>>;
    CHECK(weight_of<with_bias>(1, 1) == std::vector<double>(30, 1));
    CHECK(weight_of<dense<30, initial<keras_default>, initial_bias<constant_value<1>>>>(1, 1)
          == std::vector<double>(30, 1));
    CHECK(weight_of<dense<30, initial<kaiming_normal>>>(1, 1) == weight_of<dense<30>>(1, 1)); // the bias stays
}

TEST_CASE("initial: the seed alone chooses the numbers, under each policy and with any number of threads", "[layers]") {
    using layer = conv<17, 3, initial<truncated_normal<0.5>>>;
    using net = one<layer, image<3, 5, 5>>;
    const std::vector<double> w = weight_of<layer, image<3, 5, 5>>(5);
    CHECK(weight_of<layer, image<3, 5, 5>>(5) == w);
    CHECK(weight_of<layer, image<3, 5, 5>>(6) != w);
    CHECK(model<net, reference, fp64>{seed{5}}.get("0.weight") == w);
    CHECK(model<net, cpu, fp64>{seed{5}, cpu{.threads = 3}}.get("0.weight") == w);
    const std::vector<float> floats = model<net>{seed{5}}.get("0.weight");
    for (std::size_t i = 0; i < w.size(); ++i) CHECK(floats[i] == static_cast<float>(w[i]));
}

TEST_CASE("initial: options are spelt as they are written", "[layers]") {
    using net = one<conv<8, 3, initial<kaiming_normal, by_fan_out>, initial_bias<random_normal<0.5>>>, image<3, 5, 5>>;
    CHECK(core::description<net>::network_spelling()
          == "network<image<3, 5, 5>, conv<8, 3, initial<kaiming_normal, by_fan_out>, "
             "initial_bias<random_normal<0.5>>>>");
}
