#pragma once
/// sgd — stochastic gradient descent, with momentum and Nesterov's variant:  `strata::sgd{.rate = 0.1,
/// .momentum = 0.9}`.
///
///   b ← momentum · b + g                                   b starts at 0, so after the first step it is g
///   p ← p − rate · b,    or with nesterov   p ← p − rate · (g + momentum · b)
///
/// Errors   `check` raises `error` for options that make no sense
/// Source   Sutskever et al. 2013, in the form of torch.optim.SGD (no dampening)
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <strata/base/error.hpp>
#include <strata/base/host_device.hpp>
#include <string>

namespace strata::inline v0_1 {

struct sgd {
    double rate = 1e-2;
    double momentum = 0;
    bool nesterov = false;

    static constexpr int slots = 1; ///< state numbers per parameter: b

    /// One step over n parameters; may be called on any split of them, from many threads.
    /// state0 is b (zeros before step 1); without momentum it is not touched and may be null. state1 is not
    /// used.
    template <class T>
    [[gnu::always_inline]] void apply(std::int64_t /*step*/, const T* gradient, T* parameter, T* state0, T* /*state1*/,
               std::size_t n) const noexcept {
        const T r = static_cast<T>(rate), m = static_cast<T>(momentum);
        if (momentum == 0)
            plain(r, gradient, parameter, n);
        else if (!nesterov)
            heavy(r, m, gradient, parameter, state0, n);
        else
            ahead(r, m, gradient, parameter, state0, n);
    }

    /// The step of one parameter p with gradient g.
    template <class T>
    struct element_rule {
        T rate, momentum;
        bool nesterov;
        STRATA_HD void operator()(T g, T& p, T& b, T&) const {
            if (momentum == T(0)) {
                p -= rate * g;
                return;
            }
            b = momentum * b + g;
            p -= nesterov ? rate * (g + momentum * b) : rate * b;
        }
    };
    /// The rule of a step: what a machine applies that gives every parameter a thread of its own.
    template <class T>
    [[nodiscard]] element_rule<T> rule(std::int64_t) const noexcept {
        return {static_cast<T>(rate), static_cast<T>(momentum), nesterov};
    }

    void check() const {
        if (!(rate > 0) || !std::isfinite(rate))
            raise("strata: sgd: the learning rate is " + std::to_string(rate)
                  + " and must be a positive number; try sgd{.rate = 0.01}.");
        if (!(momentum >= 0 && momentum < 1))
            raise("strata: sgd: the momentum is " + std::to_string(momentum)
                  + " and must be at least 0 and less than 1; try sgd{.momentum = 0.9}.");
        if (nesterov && momentum == 0)
            raise("strata: sgd: nesterov needs a momentum, which is 0; try sgd{.momentum = 0.9, .nesterov = "
                  "true}.");
    }

  private:
    // apart from `apply`, because g++ believes __restrict of parameters only
    template <class T>
    [[gnu::always_inline]] static void plain(T r, const T* __restrict g, T* __restrict p, std::size_t n) noexcept {
        for (std::size_t i = 0; i < n; ++i) p[i] -= r * g[i];
    }
    template <class T>
    [[gnu::always_inline]] static void heavy(T r, T m, const T* __restrict g, T* __restrict p, T* __restrict b,
                      std::size_t n) noexcept {
        for (std::size_t i = 0; i < n; ++i) {
            b[i] = m * b[i] + g[i];
            p[i] -= r * b[i];
        }
    }
    template <class T>
    [[gnu::always_inline]] static void ahead(T r, T m, const T* __restrict g, T* __restrict p, T* __restrict b,
                      std::size_t n) noexcept {
        for (std::size_t i = 0; i < n; ++i) {
            b[i] = m * b[i] + g[i];
            p[i] -= r * (g[i] + m * b[i]);
        }
    }
};

/// Whether `apply` reads and writes state0: without momentum it need not be there.
constexpr bool needs_state0(const sgd& options) { return options.momentum != 0; }

} // namespace strata::inline v0_1
