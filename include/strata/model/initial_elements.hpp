#pragma once
/// initial_elements — the numbers that a parameter starts with, drawn from the model's seed as PyTorch draws them by
/// default: weights and biases of dense and conv, uniform in ±1/sqrt(fan in); tables of embedding, normal of mean 0 and
/// variance 1. A parameter's ordinal is part of its random key, so that they do not depend on other layers' sizes.
/// Source   torch.nn.Linear, torch.nn.Conv2d and torch.nn.Embedding; Box & Muller 1958
#include <strata/base/random/philox.hpp>
#include <strata/base/random/random_key.hpp>
#include <strata/base/random/seed.hpp>
#include <strata/plan/graph.hpp>
#include <strata/run/block.hpp>

#include <cmath>
#include <cstdint>

namespace strata::inline STRATA_ABI::detail {

/// A number of the normal distribution, of two words: one of a pair, the sine's or the cosine's. (In double, so that
/// the roundings of different libraries' functions hardly ever show in a float.)
inline double normal_number(std::uint32_t radius, std::uint32_t angle, bool sine) {
    const double r = std::sqrt(-2 * std::log((radius + 1.0) * 0x1p-32)), a = 6.283185307179586 * (angle * 0x1p-32);
    return r * (sine ? std::sin(a) : std::cos(a));
}

/// In the conventional order; zero where the parameter starts with zeros.
template <class T>
[[nodiscard]] block<T> initial_elements(const parameter_info& p, seed s) {
    block<T> first(p.extents.size());
    if (p.start == init::zero) return first;
    const T bound = T(1) / std::sqrt(static_cast<T>(p.fan_in));
    for (long long e = 0; e < first.size(); ++e) {
        if (p.start == init::one) {
            first.data()[e] = 1;
            continue;
        }
        const auto bits = philox::draw({{0, 0, static_cast<std::uint32_t>(e >> 34), static_cast<std::uint32_t>(e / 4)}},
                                       random_key(s.value, p.ordinal));
        const int word = static_cast<int>(e % 4);
        if (p.start == init::normal)
            first.data()[e] = static_cast<T>(normal_number(bits[word & 2], bits[word | 1], word % 2 == 1));
        else first.data()[e] = (2 * static_cast<T>(philox::uniform_float(bits[word])) - 1) * bound;
    }
    return first;
}

} // namespace strata::inline STRATA_ABI::detail
