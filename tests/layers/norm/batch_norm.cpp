/// batch_norm as a layer, beside its kernels' tests: the batch that has one number per channel.
#include "catch.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/train/trainer.hpp>

#include <vector>

using namespace strata;
using namespace strata::core;

namespace {

struct normalized : network<features<3>, batch_norm> {};
struct normalized_pixel : network<image<3, 1, 1>, batch_norm> {};
struct normalized_twice : network<image<1, 1, 2>, conv<1, 1>, batch_norm, batch_norm> {};

template <class Model>
std::vector<float> tensor(const Model& net, int i) {
    std::vector<float> numbers(3);
    net.get(i, numbers.data());
    return numbers;
}

/// Steps over one sample: the result is beta, the running mean follows, the running variance stays as it is.
template <class Net, class Policy>
void check_batch_of_one() {
    INFO(Policy::name);
    model<Net, Policy> net{};
    const std::vector<float> gamma{2, 3, 4}, beta{0.5f, -1, 0}, variance{0.25f, 1, 9};
    net.set(0, gamma.data()), net.set(1, beta.data()), net.set(3, variance.data());
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 1e-30}};
    const std::vector<float> x{1, -2, 1000}, targets{0, 0, 0};
    for (int step = 0; step < 3; ++step)
        CHECK(trainer.step(x, targets) == Approx((0.25 + 1 + 0) / 3)); // beta, against zeros
    CHECK(tensor(net, 2)[0] == Approx(1 - 0.9 * 0.9 * 0.9));
    CHECK(tensor(net, 3) == variance);
}

} // namespace

TEST_CASE("batch_norm: a batch of one number per channel does not move the running variance", "[layers]") {
    check_batch_of_one<normalized, reference>();
    check_batch_of_one<normalized, cpu>();
    check_batch_of_one<normalized_pixel, cpu>();
}

TEST_CASE("batch_norm: a last batch of one sample moves the running variance no more than no batch", "[layers]") {
    data::contents c;
    c.sample = c.target = shape(3);
    c.floats = {1, 2, 3, 5, -1, 0, 2, 2, 9, 0, 7, 4, 8, 8, 8}; // five samples
    c.targets.assign(15, 0.0f);
    const auto variance_after = [](const data::contents& samples) {
        model<normalized> net{};
        trainer trainer{net, mean_squared_error{}, sgd{.rate = 1e-30}};
        trainer.fit(data::in_memory<data::values>(samples),
                    {.epochs = 4, .batch = 4, .shuffle = false, .progress = false});
        return tensor(net, 3);
    };
    data::contents four = c;
    four.floats.resize(12), four.targets.resize(12);
    CHECK(variance_after(c) == variance_after(four));
    CHECK(variance_after(c) != std::vector<float>(3, 1.0f));
}

namespace {
/// In inference a convolution takes the first one into its kernel; the second is another operation.
template <class Policy>
void check_two_behind_a_convolution() {
    INFO(Policy::name);
    model<normalized_twice, Policy> net{};
    const auto set = [&](int i, float number) { net.set(i, &number); };
    set(0, 2), set(1, 1);             // conv: 2 x + 1
    set(2, 3), set(3, 4), set(4, -1); // 3 (… + 1) + 4, of a running variance of 1
    set(6, 5), set(7, 7), set(8, 2);  // 5 (… − 2) + 7
    CHECK(net(std::vector<float>{1, 0})[0] == Approx(5 * (3 * (2 + 1 + 1) + 4 - 2) + 7));
    CHECK(net(std::vector<float>{1, 0})[1] == Approx(5 * (3 * (0 + 1 + 1) + 4 - 2) + 7));
}
} // namespace

TEST_CASE("batch_norm: two behind a convolution are both applied in inference", "[layers]") {
    check_two_behind_a_convolution<cpu>();
    check_two_behind_a_convolution<strata::reference>();
}
