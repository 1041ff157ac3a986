#pragma once
/// What the tests of the optimisers share: a trajectory written by PyTorch, and one step of any length.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace optimiser_tests {

inline constexpr int parameters = 7, steps = 20;

struct trajectory {
    std::vector<double> gradients; // [20, 7]
    std::vector<double> values;    // [21, 7], row 0 before the first step
};

/// tests/pytorch/<name>.safetensors, two tensors of float64; empty vectors when it is not there or not as
/// expected.
inline trajectory pytorch(const std::string& name) {
    std::ifstream file{STRATA_TESTS_DIR "/pytorch/" + name + ".safetensors", std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    const std::string header = R"("gradient.steps":{"dtype":"F64","shape":[20,7],"data_offsets":[0,1120]},)"
                               R"("parameters":{"dtype":"F64","shape":[21,7],"data_offsets":[1120,2296]})";
    if (bytes.size() < 8 || bytes.find(header) == std::string::npos) return {};
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), 8);
    if (bytes.size() != 8 + length + 2296) return {};
    trajectory t{std::vector<double>(steps * parameters), std::vector<double>((steps + 1) * parameters)};
    std::memcpy(t.gradients.data(), bytes.data() + 8 + length, 1120);
    std::memcpy(t.values.data(), bytes.data() + 8 + length + 1120, 1176);
    return t;
}

template <class T> std::vector<T> normal_numbers(std::size_t n, unsigned seed) {
    std::mt19937 generator{seed};
    std::vector<T> x(n);
    for (auto& e : x) e = static_cast<T>((static_cast<double>(generator()) + 0.5) / 4294967296.0 * 4 - 2);
    return x;
}

/// The largest difference between two lists, relative to the larger of 1 and the second's element.
template <class A, class B> double difference(const A& a, const B& b) {
    if (a.size() != b.size()) return HUGE_VAL;
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = static_cast<double>(a[i]), y = static_cast<double>(b[i]);
        const double d = std::fabs(x - y) / std::fmax(1, std::fabs(y));
        if (!(d <= worst)) worst = d; // NaN stays
    }
    return worst;
}

/// Follows a file of PyTorch's with `optimiser`; the largest difference of any step and parameter, relative
/// to the largest value that parameter has on its way (or 1): a rounding error stays when the value becomes
/// small again.
template <class T, class Optimiser> double follow(const Optimiser& optimiser, const trajectory& t) {
    std::vector<T> p(t.values.begin(), t.values.begin() + parameters), a(parameters), b(parameters);
    std::vector<double> size(parameters, 1.0);
    for (std::size_t i = 0; i < t.values.size(); ++i)
        size[i % parameters] = std::fmax(size[i % parameters], std::fabs(t.values[i]));
    double worst = 0;
    for (int step = 1; step <= steps; ++step) {
        const auto row = t.gradients.begin() + (step - 1) * parameters;
        const std::vector<T> g(row, row + parameters);
        optimiser.template apply<T>(step, g.data(), p.data(), a.data(), b.data(), parameters);
        for (std::size_t i = 0; i < parameters; ++i) {
            const double expected = t.values[static_cast<std::size_t>(step) * parameters + i];
            const double d = std::fabs(static_cast<double>(p[i]) - expected) / size[i];
            if (!(d <= worst)) worst = d; // NaN stays
        }
    }
    return worst;
}

/// The message of `options.check()`; empty when it has none.
template <class Optimiser> std::string complaint(const Optimiser& options) {
    try {
        options.check();
    } catch (const std::exception& e) {
        return e.what();
    }
    return "";
}

} // namespace optimiser_tests
