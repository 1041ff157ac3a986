#pragma once
/// adam — steps scaled by running moments of the gradient:  `strata::adam{.rate = 1e-3}`.
///
///   m ← β₁ m + (1 − β₁) g                 v ← β₂ v + (1 − β₂) g²                          m, v start at 0
///   p ← p − rate / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + epsilon)                            t = 1, 2, ...
///
/// Errors   `check` raises `error` for options that make no sense
/// Source   Kingma & Ba 2015, with epsilon where torch.optim.Adam has it
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <strata/base/error.hpp>
#include <strata/base/host_device.hpp>
#include <string>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace strata::inline v0_1 {

struct adam {
    double rate = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999; // double, as the options of sgd too: 1 − 0.999f would be off by 1.3e-5 of itself
    double epsilon = 1e-8;

    static constexpr int slots = 2; ///< state numbers per parameter: m and v

    /// Step number `step` (1, 2, ...) over n parameters; may be called on any split of them, from many
    /// threads. state0 is m, state1 is v; both zeros before step 1. (Inlined, so that its vector code belongs to
    /// the caller, whose type tells instruction sets apart.)
    template <class T>
    [[gnu::always_inline]] void apply(std::int64_t step, const T* gradient, T* parameter, T* state0, T* state1,
               std::size_t n) const noexcept {
        update(rule<T>(step), gradient, parameter, state0, state1, n);
    }

    /// The step of one parameter p with gradient g.
    template <class T>
    struct element_rule {
        T rate, scale, epsilon, keep1, take1, keep2, take2; // rate / (1 − β₁ᵗ), scale = 1 / √(1 − β₂ᵗ)

        STRATA_HD void moments(T g, T& m, T& v) const {
            m = keep1 * m + take1 * g;
            v = keep2 * v + take2 * (g * g);
        }
        STRATA_HD T change(T m, T root) const { return rate * m / (root * scale + epsilon); }
        STRATA_HD void operator()(T g, T& p, T& m, T& v) const {
            using std::sqrt;
            moments(g, m, v);
            p -= change(m, sqrt(v));
        }
    };
    /// The rule of step number `step`: what a machine applies that gives every parameter a thread of its own.
    template <class T>
    [[nodiscard]] element_rule<T> rule(std::int64_t step) const noexcept {
        const auto t = static_cast<double>(step);
        return {.rate = static_cast<T>(rate / (1 - std::pow(beta1, t))),
                .scale = static_cast<T>(1 / std::sqrt(1 - std::pow(beta2, t))),
                .epsilon = static_cast<T>(epsilon),
                .keep1 = static_cast<T>(beta1),
                .take1 = static_cast<T>(1 - beta1),
                .keep2 = static_cast<T>(beta2),
                .take2 = static_cast<T>(1 - beta2)};
    }

    void check() const {
        if (!(rate > 0) || !std::isfinite(rate))
            raise("strata: adam: the learning rate is " + std::to_string(rate)
                  + " and must be a positive number; try adam{.rate = 0.001}.");
        if (!(beta1 >= 0 && beta1 < 1))
            raise("strata: adam: beta1 is " + std::to_string(beta1)
                  + " and must be at least 0 and less than 1; try adam{.beta1 = 0.9}.");
        if (!(beta2 >= 0 && beta2 < 1))
            raise("strata: adam: beta2 is " + std::to_string(beta2)
                  + " and must be at least 0 and less than 1; try adam{.beta2 = 0.999}.");
        if (!(epsilon >= 0) || !std::isfinite(epsilon))
            raise("strata: adam: epsilon is " + std::to_string(epsilon)
                  + " and must be a number not less than 0; try adam{.epsilon = 1e-8}.");
    }

  private:
    /// Apart from `apply`, because g++ believes __restrict of parameters only. In blocks, because square
    /// roots need a loop of their own: std::sqrt may set errno, so no compiler makes vectors of it.
    template <class T>
    [[gnu::always_inline]] static void update(const element_rule<T> f, const T* __restrict g, T* __restrict p, T* __restrict m,
                       T* __restrict v, std::size_t n) noexcept {
        constexpr std::size_t block = 256;
        alignas(64) T root[block];
        for (std::size_t from = 0; from < n; from += block) {
            const std::size_t count = n - from < block ? n - from : block;
            for (std::size_t i = 0, k = from; i < count; ++i, ++k) {
                f.moments(g[k], m[k], v[k]);
                root[i] = v[k];
            }
            for (std::size_t i = count; i < block; ++i) root[i] = 0;
            square_roots<block>(root);
            for (std::size_t i = 0, k = from; i < count; ++i, ++k)
                p[k] -= f.change(m[k], root[i]);
        }
    }

    /// Four floats or two doubles at a time: what every x86-64 has, whatever it is compiled for.
    template <std::size_t N> static void square_roots(float* x) noexcept {
#if defined(__SSE2__)
        for (std::size_t i = 0; i < N; i += 4) _mm_store_ps(x + i, _mm_sqrt_ps(_mm_load_ps(x + i)));
#else
        for (std::size_t i = 0; i < N; ++i) x[i] = std::sqrt(x[i]);
#endif
    }
    template <std::size_t N> static void square_roots(double* x) noexcept {
#if defined(__SSE2__)
        for (std::size_t i = 0; i < N; i += 2) _mm_store_pd(x + i, _mm_sqrt_pd(_mm_load_pd(x + i)));
#else
        for (std::size_t i = 0; i < N; ++i) x[i] = std::sqrt(x[i]);
#endif
    }
};

/// Whether `apply` reads and writes state0: always.
constexpr bool needs_state0(const adam&) { return true; }

} // namespace strata::inline v0_1
