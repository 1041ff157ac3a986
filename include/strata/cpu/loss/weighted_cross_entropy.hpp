#pragma once
/// Kernel of weighted_cross_entropy: rows of scores, as softmax_cross_entropy has them.
#include <strata/cpu/norm/softmax.hpp>
#include <strata/operations/loss/weighted_cross_entropy.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// The loss of each row, w · (log Σ exp(x) − x[k]), and dx = mean · w · (softmax(x) − the one-hot class), unless it is
/// null. `targets` has a class and a weight for each row, `first` is the first row's number.
template <class T, class Arch>
[[gnu::noinline]] void weighted_cross_entropies(const T* x, const T* targets, T* losses, T* dx, std::ptrdiff_t rows,
                                                int size, T mean, const T* weights, std::ptrdiff_t first,
                                                int rows_of_a_sample) noexcept {
    using V = vec<T, Arch>;
    for (const std::ptrdiff_t end = first + rows; first < end; ++first, x += size, targets += 2, ++losses) {
        const operations::weighted_class<T> target(targets[0], targets[1], size);
        const T weight = weights == nullptr ? target.weight : weights[first / rows_of_a_sample] * target.weight;
        const V most = largest_score<T, Arch>(x, size);
        V sum(T(0)), last(T(0));
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            const V e = exponentials<T, Arch>(load<T, Arch>(x + i, n), most, n);
            sum += e;
            if (n < lanes_of<T, Arch>) last = e;
            else if (dx != nullptr) e.store_unaligned(dx + i);
        });
        const V all = sum_of<T, Arch>(sum);
        const T whole = first_of<T, Arch>(all), score = target.k < 0 ? first_of<T, Arch>(most) : x[target.k];
        *losses =
            target.k < 0 ? weight * (whole - whole) : weight * (std::log(whole) + (first_of<T, Arch>(most) - score));
        if (dx == nullptr) continue;
        const V share = quotient<T, Arch>(V(mean * weight), all);
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            const V e = n == lanes_of<T, Arch> ? V::load_unaligned(dx + i) : last;
            store<T, Arch>(dx + i, e * share, n);
        });
        if (target.k >= 0) dx[target.k] -= mean * weight;
        dx += size;
    }
}

template <key K, class F, class T, class Arch>
struct kernel<operations::weighted_cross_entropy::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int pixels = positions_of(K.x);
        const std::ptrdiff_t first = std::ptrdiff_t(c.first) * pixels, begin = first * K.x.d0;
        T* dx = nullptr;
        if constexpr (K.gradient) dx = c.at[3] + begin;
        weighted_cross_entropies<T, Arch>(
            c.at[0] + begin, c.at[1] + 2 * first, c.at[2] + first, dx, std::ptrdiff_t(c.last - c.first) * pixels,
            K.x.d0, T(1) / (static_cast<T>(c.batch) * static_cast<T>(pixels)), c.weights, first, pixels * c.positions);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
