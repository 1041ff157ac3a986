/// The optimisers as Thrust applies them, a thread a parameter: on the host, against the optimisers' own loops.
#include "catch.hpp"
#include "random_numbers.hpp"
// Thrust runs on the host here: see the definitions of this file in tests/CMakeLists.txt.
#include <strata/cuda/update.hpp>
#include <strata/train/optimisers/adagrad.hpp>
#include <strata/train/optimisers/adam.hpp>
#include <strata/train/optimisers/adamw.hpp>
#include <strata/train/optimisers/rmsprop.hpp>
#include <strata/train/optimisers/sgd.hpp>
#include <thrust/execution_policy.h>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

template <class T, class Optimizer>
void compare(const Optimizer& optimizer) {
    constexpr int n = 1000;
    auto here = random_numbers<T>(n, 1), there = here;
    std::vector<T> state_here(Optimizer::states * n), state_there = state_here;
    T* states[Optimizer::states];
    for (int k = 0; k < Optimizer::states; ++k) states[k] = state_here.data() + k * n;
    for (int step = 1; step <= 20; ++step) {
        const auto gradient = random_numbers<T>(n, 100 + static_cast<std::uint64_t>(step));
        optimizer.apply(step, gradient.data(), here.data(), states, n);
        on_cuda::update(thrust::host, optimizer, step, gradient.data(), there.data(), state_there.data(), n, n);
    }
    double worst = 0;
    for (std::size_t i = 0; i < n; ++i) worst = std::max(worst, std::abs(double(here[i]) - double(there[i])));
    // The same formula in the same order; compilers may contract a product and a sum in one and not in the other.
    CHECK(worst <= 20 * static_cast<double>(std::numeric_limits<T>::epsilon()));
    CHECK(here != random_numbers<T>(n, 1)); // it moved
}

} // namespace

TEST_CASE("adam: Thrust gives what apply gives") {
    compare<float>(adam{.rate = 0.01});
    compare<double>(adam{.rate = 0.01, .beta1 = 0.8, .beta2 = 0.99, .epsilon = 1e-4});
}

TEST_CASE("sgd: Thrust gives what apply gives") {
    compare<float>(sgd{.rate = 0.1});
    compare<double>(sgd{.rate = 0.1, .momentum = 0.9});
    compare<float>(sgd{.rate = 0.1, .momentum = 0.9, .nesterov = true});
}

TEST_CASE("the other optimisers and weight decay: Thrust gives what apply gives") {
    compare<float>(sgd{.rate = 0.1, .momentum = 0.9, .dampening = 0.5, .weight_decay = 0.1});
    compare<float>(adam{.rate = 0.01, .weight_decay = 0.1});
    compare<double>(adamw{.rate = 0.01, .weight_decay = 0.5});
    compare<float>(adagrad{.rate = 0.1, .rate_decay = 0.1, .weight_decay = 0.1, .initial_accumulator = 1});
    compare<float>(rmsprop{.rate = 0.01, .weight_decay = 0.1});
    compare<double>(rmsprop{.rate = 0.01, .momentum = 0.5});
    compare<float>(rmsprop{.rate = 0.01, .epsilon = 0.1, .momentum = 0.5, .centered = true});
}

TEST_CASE("parts of the parameters with options of their own: Thrust gives what apply gives") {
    // As parameter groups have it: each part begins within the block, and the slots are those of the whole.
    constexpr int n = 1000, slots = adamw::states;
    auto here = random_numbers<float>(n, 1), there = here;
    std::vector<float> state_here(slots * n), state_there = state_here;
    const struct {
        int first, count;
        adamw optimizer;
    } parts[] = {{0, 400, {.rate = 0.01, .weight_decay = 0.5}},
                 {400, 16, {.rate = 0.1, .weight_decay = 0}},
                 {416, 584, {.rate = 0.001, .weight_decay = 0.5}}};
    for (int step = 1; step <= 20; ++step) {
        const auto gradient = random_numbers<float>(n, 100 + static_cast<std::uint64_t>(step));
        for (const auto& p : parts) {
            float* at[slots];
            for (int k = 0; k < slots; ++k) at[k] = state_here.data() + k * n + p.first;
            p.optimizer.apply(step, gradient.data() + p.first, here.data() + p.first, at,
                              static_cast<std::size_t>(p.count));
            on_cuda::update(thrust::host, p.optimizer, step, gradient.data() + p.first, there.data() + p.first,
                            state_there.data() + p.first, p.count, n);
        }
    }
    double worst = 0;
    for (std::size_t i = 0; i < n; ++i) worst = std::max(worst, std::abs(double(here[i]) - double(there[i])));
    CHECK(worst <= 20 * static_cast<double>(std::numeric_limits<float>::epsilon())); // as above
    CHECK(here != random_numbers<float>(n, 1));
}
