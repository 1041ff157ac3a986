/// The running average of parameters, by hand.
#include "catch.hpp"

#include <strata/run/block.hpp>
#include <strata/run/step_state.hpp>
#include <strata/train/parameters/parameter_average.hpp>
#include <vector>

using namespace strata;
using namespace strata::core;

namespace {

struct one_thread {
    template <class F>
    static void for_elements(const step_state&, long long n, const F& f) {
        for (long long i = 0; i < n; ++i) f(i);
    }
};
block<double> of(const std::vector<double>& numbers) {
    block<double> b(static_cast<long long>(numbers.size()));
    b.write(0, b.size(), numbers.data());
    return b;
}
std::vector<double> numbers_of(const block<double>& b) { return {b.data(), b.data() + b.size()}; }

} // namespace

TEST_CASE("parameter_average: begins at the parameters, and moves what is trained") {
    one_thread machine;
    detail::parameter_average<block<double>, double> average;
    const std::vector<element_run> runs{{0, 1}, {2, 2}}; // element 1 is frozen
    CHECK(average.empty());
    average.move(machine, step_state{}, of({8, 1, 16, 0}), runs, 0.75);
    CHECK_FALSE(average.empty());
    average.move(machine, step_state{}, of({0, 5, 0, 4}), runs, 0.75);
    CHECK(numbers_of(average.numbers(of({9, 9, 9, 9}))) == std::vector<double>{6, 1, 12, 1});
}

TEST_CASE("parameter_average: without a step it is the parameters") {
    detail::parameter_average<block<double>, double> average;
    CHECK(numbers_of(average.numbers(of({1, 2}))) == std::vector<double>{1, 2});
}
