#pragma once
/// initial_elements — the numbers that a parameter starts with, drawn from the model's seed as PyTorch draws them by
/// default: weights and biases of dense and conv, uniform in ±1/sqrt(fan in); tables of embedding, normal of mean 0 and
/// variance 1. A parameter's ordinal is part of its random key, so that they do not depend on other layers' sizes.
/// What an option initial<...> chooses is drawn likewise, in double: model/drawn_elements.hpp.
/// Source   torch.nn.Linear, torch.nn.Conv2d and torch.nn.Embedding; Box & Muller 1958
#include <strata/model/drawn_elements.hpp>

#include <cmath>
#include <cstdint>

namespace strata::inline STRATA_ABI::detail {

/// In the conventional order; zero where the parameter starts with zeros.
template <class T>
[[nodiscard]] block<T> initial_elements(const parameter_info& p, seed s) {
    block<T> first(p.extents.size());
    if (p.start == init::zero) return first;
    if (p.start > init::normal) {
        const block<double> drawn = drawn_elements(p, s);
        for (long long e = 0; e < first.size(); ++e) first.data()[e] = static_cast<T>(drawn.data()[e]);
        return first;
    }
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
