#pragma once
/// Random numbers of other distributions than philox_stream's own: normal ones, and shares of a mixture.
#include <strata/base/random/philox_stream.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::data::detail {

/// In (0, 1]: its logarithm is a number.
[[nodiscard]] inline double above_zero(philox_stream& random) {
    return (static_cast<double>(random.bits()) + 1) / 4294967296.0;
}
/// Of mean 0 and deviation 1 (Box & Muller 1958).
[[nodiscard]] inline double random_normal(philox_stream& random) {
    const double radius = std::sqrt(-2 * std::log(above_zero(random)));
    return radius * std::cos(6.283185307179586 * above_zero(random));
}
[[nodiscard]] inline double random_uniform(philox_stream& random, double low, double high) {
    return low + (high - low) * (static_cast<double>(random.bits()) / 4294967296.0);
}
/// Beta(alpha, alpha), in logarithms, since small alphas give numbers that vanish (Jöhnk 1964).
[[nodiscard]] inline double random_share(philox_stream& random, double alpha) {
    for (;;) {
        const double x = std::log(above_zero(random)) / alpha, y = std::log(above_zero(random)) / alpha;
        const double most = x > y ? x : y, sum = most + std::log(std::exp(x - most) + std::exp(y - most));
        if (sum <= 0) return std::exp(x - sum);
    }
}

} // namespace strata::inline STRATA_ABI::data::detail
