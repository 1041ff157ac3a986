#pragma once
/// initial_elements — the numbers that a parameter starts with, drawn from the model's seed as PyTorch draws them by
/// default: weights and biases of dense and conv, uniform in ±1/sqrt(fan in). A parameter's ordinal is part of its
/// random key, so that they do not depend on other layers' sizes.
/// Source   torch.nn.Linear and torch.nn.Conv2d
#include <strata/base/philox.hpp>
#include <strata/base/random_key.hpp>
#include <strata/base/seed.hpp>
#include <strata/plan/graph.hpp>
#include <strata/run/block.hpp>

#include <cmath>
#include <cstdint>

namespace strata::inline STRATA_ABI::detail {

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
        first.data()[e] = (2 * static_cast<T>(philox::uniform_float(bits[static_cast<int>(e % 4)])) - 1) * bound;
    }
    return first;
}

} // namespace strata::inline STRATA_ABI::detail
