#pragma once
/// Kernels of softmax, its gradient, and of softmax with cross-entropy: rows of features, or a pixel's channels. The
/// exponential is long: there is one function for all shapes. Rows are near when they are read again.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/lanes.hpp>
#include <strata/operations/loss/softmax_cross_entropy.hpp>
#include <strata/operations/norm/softmax.hpp>

#include <cmath>
#include <limits>

namespace strata::inline STRATA_ABI::on_cpu {

/// The largest score of a row. Not-a-number may be passed over: its own exponential is no number, whatever is taken
/// from it.
template <class T, class Arch>
inline vec<T, Arch> largest_score(const T* x, int size) {
    using V = vec<T, Arch>;
    const V least(-std::numeric_limits<T>::infinity());
    V most = least;
    each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
        most = xsimd::max(most, first_lanes<T, Arch>(load<T, Arch>(x + i, n), n, least));
    });
    return reduce<T, Arch>(most, [](const V& a, const V& b) { return xsimd::max(a, b); });
}

/// exp(x − most) for n scores, and nothing behind them. (There stands most for the time being: exponentials that vanish
/// would cost far more than others, where denormal numbers are not flushed.)
template <class T, class Arch>
[[gnu::always_inline]] inline vec<T, Arch> exponentials(const vec<T, Arch>& x, const vec<T, Arch>& most, int n) {
    return first_lanes<T, Arch>(elementary::exp(first_lanes<T, Arch>(x, n, most) - most), n, vec<T, Arch>(T(0)));
}

template <class T, class Arch>
[[gnu::noinline]] void softmax_rows(const T* x, T* y, std::ptrdiff_t rows, int size) noexcept {
    using V = vec<T, Arch>;
    for (; rows > 0; --rows, x += size, y += size) {
        const V most = largest_score<T, Arch>(x, size);
        V sum(T(0)), last(T(0)); // a part of a register is kept: it would be stored in pieces, and waited for
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            const V e = exponentials<T, Arch>(load<T, Arch>(x + i, n), most, n);
            sum += e;
            if (n == lanes_of<T, Arch>) e.store_unaligned(y + i);
            else last = e;
        });
        const V share = quotient<T, Arch>(V(T(1)), sum_of<T, Arch>(sum));
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            store<T, Arch>(y + i, (n == lanes_of<T, Arch> ? V::load_unaligned(y + i) : last) * share, n);
        });
    }
}

/// dx = y · (dy − the sum of y · dy)
template <class T, class Arch>
[[gnu::noinline]] void softmax_gradients(const T* y, const T* dy, T* dx, std::ptrdiff_t rows, int size) noexcept {
    using V = vec<T, Arch>;
    for (; rows > 0; --rows, y += size, dy += size, dx += size) {
        V sum(T(0));
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            sum = multiply_add<T, Arch>(load<T, Arch>(y + i, n), load<T, Arch>(dy + i, n), sum);
        });
        const V dot = sum_of<T, Arch>(sum);
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            store<T, Arch>(dx + i, load<T, Arch>(y + i, n) * (load<T, Arch>(dy + i, n) - dot), n);
        });
    }
}

/// The targets of rows of scores: numbers, or one class number for each row (see call::classes).
template <class T, class Arch>
struct targets_of_rows {
    const T* numbers;
    const std::int32_t* classes = nullptr;
    class_values<T> values{};

    /// n of the row's targets, from the i-th on; nothing behind them.
    [[gnu::always_inline]] vec<T, Arch> operator()(std::ptrdiff_t i, int n) const {
        using V = vec<T, Arch>;
        if (classes == nullptr) return load<T, Arch>(numbers + i, n);
        alignas(64) T t[lanes_of<T, Arch>]{};
        const int is = *classes;
        if (values.is_not != nullptr && is >= 0) store_partial<T, Arch>(t, load<T, Arch>(values.is_not + i, n), n);
        if (is >= i && is < i + n) t[is - i] = values.is[is];
        return V::load_aligned(t);
    }
    void go_on(int size) { classes == nullptr ? void(numbers += size) : void(++classes); }
};

/// The loss of each row, Σ t · (most − x) + Σ t · log Σ exp(x − most), and dx = mean · (softmax(x) · Σ t − t), unless
/// it is null; both times the weight of the row's sample, where there are weights. `first` is the first row's number.
template <class T, class Arch>
[[gnu::noinline]] void softmax_cross_entropies(const T* x, targets_of_rows<T, Arch> t, T* losses, T* dx,
                                               std::ptrdiff_t rows, int size, T mean, const T* weights,
                                               std::ptrdiff_t first, int rows_of_a_sample) noexcept {
    using V = vec<T, Arch>;
    const V zero(T(0));
    for (const std::ptrdiff_t end = first + rows; first < end; ++first, x += size, t.go_on(size), ++losses) {
        const V most = largest_score<T, Arch>(x, size);
        V sum = zero, loss = zero, mass = zero, last = zero;
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            const V score = load<T, Arch>(x + i, n), target = t(i, n), e = exponentials<T, Arch>(score, most, n);
            sum += e;
            mass += target;
            // a target of zero asks nothing of its score, not even that it be finite
            loss += xsimd::select(target != zero, target * (most - score), zero);
            if (n < lanes_of<T, Arch>) last = e;
            else if (dx != nullptr) e.store_unaligned(dx + i);
        });
        const T weight = weights == nullptr ? T(1) : weights[first / rows_of_a_sample];
        const V all = sum_of<T, Arch>(sum), targets = sum_of<T, Arch>(mass);
        const T whole = first_of<T, Arch>(all);
        // a broken score makes a broken loss, wherever it stands
        *losses =
            whole == whole
                ? weight * (first_of<T, Arch>(sum_of<T, Arch>(loss)) + first_of<T, Arch>(targets) * std::log(whole))
                : std::numeric_limits<T>::quiet_NaN();
        if (dx == nullptr) continue;
        const V share = quotient<T, Arch>(targets, all), part(mean * weight);
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            const V e = n == lanes_of<T, Arch> ? V::load_unaligned(dx + i) : last;
            store<T, Arch>(dx + i, (e * share - t(i, n)) * part, n);
        });
        dx += size;
    }
}

template <key K, class F, class T, class Arch>
struct kernel<operations::softmax::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        const std::ptrdiff_t first = c.first * std::ptrdiff_t(K.x.size()),
                             rows = std::ptrdiff_t(c.last - c.first) * positions_of(K.x);
        softmax_rows<T, Arch>(c.at[0] + first, c.at[1] + first, rows, K.x.d0);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::softmax_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        const std::ptrdiff_t first = c.first * std::ptrdiff_t(K.x.size()),
                             rows = std::ptrdiff_t(c.last - c.first) * positions_of(K.x);
        softmax_gradients<T, Arch>(c.at[0] + first, c.at[1] + first, c.at[2] + first, rows, K.x.d0);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::softmax_cross_entropy::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int pixels = positions_of(K.x);
        const std::ptrdiff_t first = std::ptrdiff_t(c.first) * pixels, begin = first * K.x.d0;
        T* dx = nullptr;
        if constexpr (K.gradient) dx = c.at[3] + begin;
        targets_of_rows<T, Arch> t{c.at[1] + begin};
        if (c.classes.is != nullptr) t.classes = c.integers(1) + first, t.values = c.classes;
        softmax_cross_entropies<T, Arch>(
            c.at[0] + begin, t, c.at[2] + first, dx, std::ptrdiff_t(c.last - c.first) * pixels, K.x.d0,
            T(1) / (static_cast<T>(c.batch) * static_cast<T>(pixels)), c.weights, first, pixels * c.positions);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
