/// The optimisers as Thrust applies them, a thread a parameter: on the host, against the optimisers' own loops.
#include "catch.hpp"
#include "random_numbers.hpp"
// Thrust runs on the host here: see the definitions of this file in tests/CMakeLists.txt.
#include <strata/cuda/step_functions.hpp>
#include <strata/cuda/update.hpp>
#include <strata/train/optimisers/adagrad.hpp>
#include <strata/train/optimisers/adam.hpp>
#include <strata/train/optimisers/adamw.hpp>
#include <strata/train/optimisers/rmsprop.hpp>
#include <strata/train/optimisers/sgd.hpp>
#include <thrust/execution_policy.h>
#include <thrust/for_each.h>
#include <thrust/iterator/counting_iterator.h>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

/// As device_training makes it: a thread makes the rule, then each parameter has one.
template <class Optimizer, class T>
void update(const step_state& state, const Optimizer& optimizer, const T* gradient, T* parameter, T* slots, long long n,
            long long slot_size) {
    using rule_type = on_cuda::rule_of<Optimizer, T>;
    rule_type rule;
    on_cuda::make_rule<Optimizer, T>{&state, optimizer, &rule}();
    using element = on_cuda::element_update<rule_type, Optimizer::states, T>;
    thrust::for_each_n(thrust::host, thrust::counting_iterator<long long>(0), n,
                       on_cuda::while_finite<element>{&state, {&rule, gradient, parameter, slots, slot_size}});
}

template <class T, class Optimizer>
void compare(const Optimizer& optimizer) {
    constexpr int n = 1000;
    auto here = random_numbers<T>(n, 1), there = here;
    std::vector<T> state_here(Optimizer::states * n), state_there = state_here;
    T* states[Optimizer::states];
    for (int k = 0; k < Optimizer::states; ++k) states[k] = state_here.data() + k * n;
    for (int step = 1; step <= 20; ++step) {
        const auto gradient = random_numbers<T>(n, 100 + static_cast<std::uint64_t>(step));
        Optimizer at_half_the_rate = optimizer;
        at_half_the_rate.rate *= 0.5;
        at_half_the_rate.apply(step, gradient.data(), here.data(), states, n);
        update({.step = step, .rate_factor = 0.5}, optimizer, gradient.data(), there.data(), state_there.data(), n, n);
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
            update({.step = step, .rate_factor = 1}, p.optimizer, gradient.data() + p.first, there.data() + p.first,
                   state_there.data() + p.first, p.count, n);
        }
    }
    double worst = 0;
    for (std::size_t i = 0; i < n; ++i) worst = std::max(worst, std::abs(double(here[i]) - double(there[i])));
    CHECK(worst <= 20 * static_cast<double>(std::numeric_limits<float>::epsilon())); // as above
    CHECK(here != random_numbers<float>(n, 1));
}

TEST_CASE("once something was not finite, no step changes a parameter") {
    const step_state before{.step = 3, .rate_factor = 1};
    step_state state = before;
    std::vector<float> gradient = random_numbers<float>(100, 5), parameters(100, 1.f), slots(200);
    gradient[70] = gradient[31] = std::numeric_limits<float>::infinity();
    for (long long i = 99; i >= 0; --i) // in any order the first place is found
        on_cuda::find_not_finite<float>{&state, gradient.data(), 0, not_finite::gradient}(i);
    CHECK(state.found == not_finite::gradient);
    CHECK(state.place == 31);
    on_cuda::advance{&state, 0.25}();
    CHECK(state.step == before.step);
    CHECK(state.rate_factor == 1);
    update(state, adam{}, gradient.data(), parameters.data(), slots.data(), 100, 100);
    CHECK(parameters == std::vector<float>(100, 1.f));
    CHECK(slots == std::vector<float>(200));
    // What is found later does not hide what was found first.
    const float loss = std::numeric_limits<float>::quiet_NaN();
    on_cuda::take_loss<float>{&state, &loss, true}();
    on_cuda::find_not_finite<float>{&state, gradient.data(), 50, not_finite::model}(20);
    CHECK(state.found == not_finite::gradient);
    CHECK(state.place == 31);
}

TEST_CASE("the norm of a gradient: every element counts once, and a factor limits it") {
    step_state state;
    for (const long long n : {0LL, 1LL, 129LL, 40'000LL, 100'003LL}) {
        auto gradient = random_numbers<float>(n, 7);
        double expected = 0;
        for (const float g : gradient) expected += double(g) * double(g);
        std::vector<double> first(on_cuda::first_sums, -1), second(on_cuda::second_sums, -1);
        for (int i = 0; i < on_cuda::first_sums; ++i) on_cuda::sum_squares<float>{gradient.data(), n, first.data()}(i);
        for (int i = 0; i < on_cuda::second_sums; ++i) on_cuda::sum_sums{first.data(), second.data()}(i);
        on_cuda::finish_norm{&state, second.data()}();
        CHECK(std::abs(state.gradient_norm - std::sqrt(expected)) <= 1e-12 * std::sqrt(expected));
    }
    state.gradient_norm = 4;
    std::vector<float> g{8, -2};
    for (const double most : {8., 1.}) // within the limit; a quarter
        for (int i = 0; i < 2; ++i) on_cuda::limit_norm<float>{&state, most, g.data()}(i);
    CHECK(std::abs(g[0] - 2) <= 1e-6);
    CHECK(std::abs(g[1] + 0.5) <= 1e-6);
}
