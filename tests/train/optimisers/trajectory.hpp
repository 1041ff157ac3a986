#pragma once
/// What the tests of the optimisers share: trajectories written by PyTorch, the two ways to apply an optimiser, and
/// splits.
#include "catch.hpp"
#include "pytorch/pytorch_case.hpp"
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace optimiser_tests {

template <class T>
std::vector<T> normal_numbers(std::size_t n, unsigned seed) {
    std::mt19937 generator{seed};
    std::vector<T> x(n);
    for (auto& e : x) e = static_cast<T>((static_cast<double>(generator()) + 0.5) / 4294967296.0 * 4 - 2);
    return x;
}

/// The largest difference between two lists, relative to the larger of 1 and the second's element.
template <class A, class B>
double difference(const A& a, const B& b) {
    if (a.size() != b.size()) return HUGE_VAL;
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = static_cast<double>(a[i]), y = static_cast<double>(b[i]);
        const double d = std::fabs(x - y) / std::fmax(1, std::fabs(y));
        if (!(d <= worst)) worst = d; // NaN stays
    }
    return worst;
}

/// n parameters and the optimiser's state, from zeros.
template <class T, class Optimiser>
struct fitted {
    Optimiser options;
    std::vector<T> p, state = std::vector<T>(Optimiser::states * p.size());

    /// As the host does it: [first, last) of the parameters in one call.
    void apply(std::int64_t step, const std::vector<T>& g, std::size_t first, std::size_t last) {
        T* states[Optimiser::states];
        for (std::size_t k = 0; k < Optimiser::states; ++k) states[k] = state.data() + k * p.size() + first;
        options.template apply<T>(step, g.data() + first, p.data() + first, states, last - first);
    }
    void apply(std::int64_t step, const std::vector<T>& g) { apply(step, g, 0, p.size()); }

    /// As a machine does it that has a thread for every parameter.
    void one_by_one(std::int64_t step, const std::vector<T>& g) {
        const auto rule = options.template rule<T>(step);
        for (std::size_t i = 0; i < p.size(); ++i)
            [&]<std::size_t... K>(std::index_sequence<K...>) {
                rule(g[i], p[i], state[K * p.size() + i]...);
            }(std::make_index_sequence<Optimiser::states>());
    }
};

/// tests/pytorch/training/optimisers.safetensors: a trajectory for each set of options, under its name in C++.
class trajectories {
  public:
    /// Follows those of `Optimiser` with both ways; the bounds are of the difference of any step and parameter,
    /// relative to the largest value which that parameter has on its way (or 1): a rounding error stays when the value
    /// becomes small again.
    template <class Optimiser>
    void follow(const std::string& name, const Optimiser& options, double bound_of_float) {
        INFO(name);
        options.check();
        CHECK(worst<double>(name, options)
              < 1e-12); // the same arithmetic up to its order: ulps of 1e-16, a hundred steps
        CHECK(worst<float>(name, options) < bound_of_float);
        ++followed_;
    }
    /// Every trajectory of that optimiser was followed.
    void all_followed(const std::string& optimiser) const {
        int there = 0;
        for (const auto& [name, tensor] : torch_.tensors()) there += name.rfind(optimiser + "{", 0) == 0 ? 1 : 0;
        CHECK(there > 0);
        CHECK(followed_ == there);
    }

  private:
    template <class T, class Optimiser>
    double worst(const std::string& name, const Optimiser& options) const {
        const auto &gradients = torch_["gradients"], &values = torch_[name];
        const auto steps = static_cast<std::size_t>(gradients.shape.at(0)),
                   n = static_cast<std::size_t>(gradients.shape.at(1));
        REQUIRE(steps == 100);
        REQUIRE(values.values.size() == (steps + 1) * n);
        std::vector<double> size(n, 1.0);
        for (std::size_t i = 0; i < values.values.size(); ++i)
            size[i % n] = std::fmax(size[i % n], std::fabs(values.values[i]));
        fitted<T, Optimiser> together{options, std::vector<T>(values.values.begin(), values.values.begin() + long(n))},
            each = together;
        double worst = 0;
        for (std::size_t step = 1; step <= steps; ++step) {
            const auto row = gradients.values.begin() + static_cast<std::ptrdiff_t>((step - 1) * n);
            const std::vector<T> g(row, row + static_cast<std::ptrdiff_t>(n));
            together.apply(static_cast<std::int64_t>(step), g);
            each.one_by_one(static_cast<std::int64_t>(step), g);
            for (std::size_t i = 0; i < n; ++i)
                for (const T p : {together.p[i], each.p[i]}) {
                    const double d = std::fabs(static_cast<double>(p) - values.values[step * n + i]) / size[i];
                    if (!(d <= worst)) worst = d; // NaN stays
                }
        }
        return worst;
    }

    strata_tests::pytorch_case torch_{"optimisers"};
    int followed_ = 0;
};

/// A range in parts, whatever their sizes, has the bits of the whole; ten steps.
template <class T, class Optimiser>
void check_splits(const Optimiser& options) {
    for (const std::size_t n : {1U, 7U, 255U, 256U, 257U, 1003U}) { // 256: the size of a block
        fitted<T, Optimiser> whole{options, normal_numbers<T>(n, 4)}, parts = whole;
        for (int step = 1; step <= 10; ++step) {
            const auto g = normal_numbers<T>(n, 100U + static_cast<unsigned>(step));
            whole.apply(step, g);
            std::mt19937 generator{static_cast<unsigned>(step)};
            for (std::size_t first = 0; first < n;) {
                const std::size_t last = std::min<std::size_t>(n, first + 1 + generator() % (step < 5 ? 20 : 600));
                parts.apply(step, g, first, last);
                first = last;
            }
        }
        INFO("n " << n);
        CHECK(whole.p == parts.p);
        CHECK(whole.state == parts.state);
        CHECK(whole.p != normal_numbers<T>(n, 4)); // it moved
    }
}

/// The message of `options.check()`; empty when it has none.
template <class Optimiser>
std::string complaint(const Optimiser& options) {
    try {
        options.check();
    } catch (const strata::error& e) {
        return e.what();
    }
    return "";
}

} // namespace optimiser_tests

/// The trajectory whose name is the expression itself.
#define STRATA_FOLLOW(all, bound_of_float, ...) (all).follow(#__VA_ARGS__, __VA_ARGS__, bound_of_float)
