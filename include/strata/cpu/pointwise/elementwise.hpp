#pragma once
/// Kernels of elementwise and its gradient, and the function as an epilogue of others.
#include <strata/base/select.hpp>
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/pointwise/function_register.hpp>
#include <strata/operations/pointwise/elementwise.hpp>

#include <limits>

namespace strata::inline STRATA_ABI::on_cpu {

/// Does F take a vector register? A function of a plain number runs element by element instead; tests assert which.
template <class F, class T, class Arch>
inline constexpr bool is_vectorized = requires(function_register<T, Arch> v) { F::f(v); };

/// The floor of a product's epilogue: F's, if all that F does is to keep x above a number.
template <class F, class T>
constexpr T floor_of() {
    if constexpr (requires { F::at_least; }) return static_cast<T>(F::at_least);
    else return -std::numeric_limits<T>::infinity();
}

/// F of a register that is still to be written, where F takes registers; else apply_function has to follow.
template <class F, class T, class Arch>
inline constexpr bool is_applied = std::is_same_v<F, no_function> || is_vectorized<F, T, Arch>;
template <class F, class T, class Arch>
[[gnu::always_inline]] inline vec<T, Arch> apply(const vec<T, Arch>& x) {
    if constexpr (requires { F::at_least; }) return at_least<T, Arch>(x, vec<T, Arch>(floor_of<F, T>()));
    else if constexpr (is_vectorized<F, T, Arch>) return F::f(argument(x));
    else return x;
}

/// x[i] = F(x[i]) for a run of elements just written, unless floor_of did it.
template <class F, class T, class Arch>
inline void apply_function(T* x, std::ptrdiff_t count) noexcept {
    if constexpr (std::is_same_v<F, no_function> || requires { F::at_least; }) {
        (void)x, (void)count;
    } else if constexpr (is_vectorized<F, T, Arch>) {
        each_register<T, Arch>(
            count, [&](std::ptrdiff_t i, int n) { store<T, Arch>(x + i, F::f(argument(load<T, Arch>(x + i, n))), n); });
    } else {
        for (std::ptrdiff_t i = 0; i < count; ++i) x[i] = static_cast<T>(F::f(x[i]));
    }
}

// The loops need only the size of a shape: they are functions of their own, shared by all layers with the same F.

template <class F, class T, class Arch>
[[gnu::noinline]] void elementwise_values(const T* x, T* y, std::ptrdiff_t count) noexcept {
    if constexpr (is_vectorized<F, T, Arch>) {
        each_register<T, Arch>(
            count, [&](std::ptrdiff_t i, int n) { store<T, Arch>(y + i, F::f(argument(load<T, Arch>(x + i, n))), n); });
    } else {
        for (std::ptrdiff_t i = 0; i < count; ++i) y[i] = static_cast<T>(F::f(x[i]));
    }
}

/// F's derivative, from its argument or, where F can tell it from that, its output.
template <class F, class V>
V derivative_of(V s) {
    if constexpr (requires { F::df_of_output(argument(s)); }) return static_cast<V>(F::df_of_output(argument(s)));
    else return static_cast<V>(F::df(argument(s)));
}

template <class F, class T, class Arch>
[[gnu::noinline]] void elementwise_gradients(const T* s, const T* dy, T* dx, std::ptrdiff_t count) noexcept {
    if constexpr (is_vectorized<F, T, Arch>) {
        each_register<T, Arch>(count, [&](std::ptrdiff_t i, int n) {
            store<T, Arch>(dx + i, load<T, Arch>(dy + i, n) * derivative_of<F>(load<T, Arch>(s + i, n)), n);
        });
    } else {
        for (std::ptrdiff_t i = 0; i < count; ++i) dx[i] = dy[i] * derivative_of<F>(s[i]);
    }
}

template <key K, class F, class T, class Arch>
struct kernel<operations::elementwise::kind, K, F, T, Arch> {
    static constexpr bool vectorized = is_vectorized<F, T, Arch>;
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t size = K.x.size();
        elementwise_values<F, T, Arch>(c.at[0] + c.first * size, c.at[1] + c.first * size, (c.last - c.first) * size);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::elementwise_gradient::kind, K, F, T, Arch> {
    static constexpr bool vectorized = is_vectorized<F, T, Arch>;
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t size = K.x.size();
        elementwise_gradients<F, T, Arch>(c.at[0] + c.first * size, c.at[1] + c.first * size, c.at[2] + c.first * size,
                                          (c.last - c.first) * size);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
