/// cross_entropy of networks that end in softmax is the same function in training and in inference, however the softmax
/// stands there.
#include "catch.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/strata.hpp>

#include <cmath>
#include <vector>

using namespace strata;
using namespace strata::core;

namespace {

template <class... End>
struct net : network<features<3>, dense<3>, End...> {};
template <class... End>
struct pixel : network<image<3, 1, 1>, conv<3, 1>, End...> {};
using without = net<>;

/// A step's loss, the parameters after it, and the loss that the step's network has in inference.
struct numbers {
    double trained = 0, evaluated = 0;
    std::vector<float> weight = std::vector<float>(9), bias = std::vector<float>(3);
};

template <class Net>
numbers run() {
    data::contents c;
    c.sample = input_shape<Net>;
    c.floats = {2, -1, 0.5f, 1, 1, -3};
    c.classes = 3;
    c.labels = {2, 0};
    model<Net> net{};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.5}};
    numbers n;
    n.evaluated = trainer.evaluate(data::in_memory<data::class_index>(c)).loss;
    n.trained = trainer.step(c.floats, std::vector<float>{0, 0, 1, 1, 0, 0});
    net.get(0, n.weight.data()), net.get(1, n.bias.data());
    return n;
}

template <class Net>
void check() {
    const numbers right = run<without>(), n = run<Net>();
    CHECK(n.evaluated == Approx(right.evaluated).epsilon(1e-6));
    CHECK(n.trained == Approx(right.evaluated).epsilon(1e-6));
    for (std::size_t i = 0; i < 9; ++i) CHECK(n.weight[i] == Approx(right.weight[i]).epsilon(1e-5));
    for (std::size_t i = 0; i < 3; ++i) CHECK(n.bias[i] == Approx(right.bias[i]).epsilon(1e-5));
}

} // namespace

TEST_CASE("cross_entropy takes the softmax's input in training and in inference", "[train]") {
    check<net<softmax>>();
    check<net<named<"end", softmax>>>();
    check<net<softmax, pass, flatten>>();
    check<net<sequence<repeat<1, softmax>, named<"more", pass, flatten>>>>();
    check<net<parallel<add_all, softmax>>>();
    check<net<softmax, dropout<0>>>();
}

TEST_CASE("cross_entropy takes the input of one pixel's softmax, flattened behind it", "[train]") {
    check<pixel<softmax, flatten>>();
    check<pixel<named<"end", softmax, pass>, flatten, flatten>>();
    check<pixel<flatten, softmax>>();
}
