#pragma once
/// Numbers for tests, the same on every machine.
#include <cstdint>
#include <strata/base/random/philox_stream.hpp>
#include <utility>
#include <vector>

namespace strata_tests {

/// Uniform in [-bound, bound).
template <class T>
std::vector<T> random_numbers(long long count, std::uint64_t seed, double bound = 1) {
    strata::philox_stream stream(strata::seed{seed}, strata::random_use::drawing);
    std::vector<T> numbers(static_cast<std::size_t>(count));
    for (T& number : numbers) number = static_cast<T>(bound * (2.0 * stream.uniform() - 1.0));
    return numbers;
}

/// Tokens below seven, and some that are the same.
inline std::vector<std::int32_t> random_tokens(long long count, std::uint64_t seed) {
    strata::philox_stream stream(strata::seed{seed}, strata::random_use::drawing);
    std::vector<std::int32_t> tokens(static_cast<std::size_t>(count));
    for (std::int32_t& token : tokens) token = static_cast<std::int32_t>(stream.below(7));
    return tokens;
}

/// Distinct numbers in [-2, 2] in a random order, at least 4 / count apart and 2 / count from zero: a step
/// that is small against that changes no maximum and no sign.
template <class T>
std::vector<T> spread_numbers(long long count, std::uint64_t seed) {
    strata::philox_stream stream(strata::seed{seed}, strata::random_use::drawing);
    std::vector<T> numbers(static_cast<std::size_t>(count));
    const long long slots = count + count % 2; // an even number of them lies evenly about zero
    for (long long i = 0; i < count; ++i)
        numbers[static_cast<std::size_t>(i)] =
            static_cast<T>(4 * (static_cast<double>(i) + 0.5) / static_cast<double>(slots) - 2);
    for (std::size_t i = numbers.size(); i > 1; --i) std::swap(numbers[i - 1], numbers[stream.below(i)]);
    return numbers;
}

} // namespace strata_tests
