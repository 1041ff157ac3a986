#pragma once
/// clipping — gradients kept from being too large, between the training step and the optimiser; for host memory.
///
///   double norm = strata::clip_by_norm(gradient, 1.0);     // scales the whole, so that its norm is at most 1
///   strata::clip_by_value(gradient, 0.5);                  // each number on its own, to [−0.5, 0.5]
///
/// The sum of squares is taken in double, in chunks of 4096 numbers, and these sums one after the other: the same bits for any
/// number of threads. `for_each(tasks, task)` runs task(i) for i in [0, tasks), on threads if it has some, as
/// host_training::for_each does; left out, the caller does all.
///
/// Errors   `error` where the limit is not a positive number
/// Source   Pascanu et al. 2013; torch.nn.utils.clip_grad_norm_ (norm_type=2) and clip_grad_value_
#include <cmath>
#include <cstddef>
#include <span>
#include <strata/base/error.hpp>
#include <string>
#include <vector>

namespace strata::inline v0_1 {

inline constexpr std::size_t clipping_chunk = 4096;

namespace detail {

/// Eight sums side by side, which make a vector register, whatever the width of the machine's.
template <class T>
double sum_of_squares(const T* x, std::size_t n) noexcept {
    constexpr std::size_t lanes = 8;
    double sums[lanes] = {};
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        for (std::size_t k = 0; k < lanes; ++k) {
            const auto v = static_cast<double>(x[i + k]);
            sums[k] += v * v;
        }
    for (std::size_t k = 0; i < n; ++i, ++k) sums[k] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

inline constexpr auto one_after_the_other = [](int tasks, auto&& task) {
    for (int i = 0; i < tasks; ++i) task(i);
};

/// body(first number, how many, chunk) for each chunk of x.
template <class T, class ForEach, class Body>
void for_each_chunk(std::span<T> x, ForEach& for_each, Body body) {
    for_each(static_cast<int>((x.size() + clipping_chunk - 1) / clipping_chunk), [&](int task) {
        const std::size_t first = static_cast<std::size_t>(task) * clipping_chunk;
        body(x.data() + first, x.size() - first < clipping_chunk ? x.size() - first : clipping_chunk,
             static_cast<std::size_t>(task));
    });
}

[[gnu::cold]] inline void check_limit(double limit) {
    if (!(limit > 0))
        raise("strata: the limit of clipping is " + std::to_string(limit) + " and must be a positive number; try 1.0.");
}

} // namespace detail

/// √(Σ x²), in double.
template <class T, class ForEach = decltype(detail::one_after_the_other)>
[[nodiscard]] double norm_of(std::span<const T> x, ForEach for_each = detail::one_after_the_other) {
    std::vector<double> sums((x.size() + clipping_chunk - 1) / clipping_chunk);
    detail::for_each_chunk(x, for_each, [&](const T* from, std::size_t count, std::size_t chunk) {
        sums[chunk] = detail::sum_of_squares(from, count);
    });
    double sum = 0;
    for (const double s : sums) sum += s;
    return std::sqrt(sum);
}

/// g ← g · min(1, limit / (norm + 1e-6)), norm = √(Σ g²) over the whole gradient. Gives the norm before. Where the gradient is
/// not finite its norm is not either, and scaling does not mend it: look at what is given back.
template <class T, class ForEach = decltype(detail::one_after_the_other)>
double clip_by_norm(std::span<T> gradient, double limit, ForEach for_each = detail::one_after_the_other) {
    detail::check_limit(limit);
    const double norm = norm_of(std::span<const T>(gradient), for_each);
    const double factor = limit / (norm + 1e-6); // the 1e-6 is PyTorch's
    if (factor >= 1) return norm;
    const T f = static_cast<T>(factor);
    detail::for_each_chunk(gradient, for_each, [f](T* g, std::size_t count, std::size_t) {
        for (std::size_t i = 0; i < count; ++i) g[i] *= f;
    });
    return norm;
}

/// g ← min(max(g, −limit), limit), each on its own; what is not a number stays so.
template <class T, class ForEach = decltype(detail::one_after_the_other)>
void clip_by_value(std::span<T> gradient, double limit, ForEach for_each = detail::one_after_the_other) {
    detail::check_limit(limit);
    const T most = static_cast<T>(limit);
    detail::for_each_chunk(gradient, for_each, [most](T* g, std::size_t count, std::size_t) {
        for (std::size_t i = 0; i < count; ++i) {
            const T low = g[i] < -most ? -most : g[i];
            g[i] = low > most ? most : low;
        }
    });
}

} // namespace strata::inline v0_1
