#pragma once
/// Numbers for kernels: the same in every run, in [−0.5, 0.5].
#include <cstddef>
#include <vector>

namespace strata_bench {

using numbers = std::vector<float>;

inline numbers some_numbers(long long size) {
    numbers x(static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i * 7919 % 1021) / 1021 - 0.5f;
    return x;
}
/// Images [N, C, P] as [N, P, C], or back.
inline numbers transposed_images(const numbers& x, int channels, int positions) {
    numbers y(x.size());
    const std::size_t c = static_cast<std::size_t>(channels), p = static_cast<std::size_t>(positions);
    for (std::size_t n = 0; n < x.size() / c / p; ++n)
        for (std::size_t i = 0; i < c; ++i)
            for (std::size_t j = 0; j < p; ++j) y[(n * p + j) * c + i] = x[(n * c + i) * p + j];
    return y;
}

} // namespace strata_bench
