#pragma once
/// sgd — stochastic gradient descent, with momentum:  strata::sgd{.rate = 0.1, .momentum = 0.9}
///
///   g ← g + weight_decay · p
///   b ← momentum · b + (1 − dampening) · g                 after the first step b is g, undampened
///   p ← p − rate · b,    or with nesterov   p ← p − rate · (g + momentum · b)
///
/// Options  those of torch.optim.SGD, with its defaults; the default rate (lr), which SGD has no default for there, is
///          that of Keras
/// Errors   `check` raises `error` for options that make no sense
/// Source   Sutskever et al. 2013, in the form of torch.optim.SGD
#include <cstddef>
#include <cstdint>
#include <strata/base/host_device.hpp>
#include <strata/train/optimisers/option_check.hpp>

namespace strata::inline STRATA_ABI {

struct sgd {
    double rate = 1e-2;
    double momentum = 0;
    double dampening = 0;
    double weight_decay = 0;
    bool nesterov = false;

    static constexpr const char* name = "sgd";
    static constexpr int states = 1; ///< state numbers per parameter: b

    /// Step number `step` (1, 2, ...) over n parameters; may be called on any split of them, from many threads.
    /// state[0] is b (zeros before step 1); without momentum it is not touched, and `state` may be null.
    template <class T>
    [[gnu::always_inline]] void apply(std::int64_t step, const T* gradient, T* parameter, T* const* state,
                                      std::size_t n) const noexcept {
        const element_rule<T> f = rule<T>(step);
        if (momentum == 0) plain(f, gradient, parameter, n);
        else if (!nesterov) heavy(f, gradient, parameter, state[0], n);
        else ahead(f, gradient, parameter, state[0], n);
    }

    /// The step of one parameter p with gradient g.
    template <class T>
    struct element_rule {
        T rate, momentum, take, decay; // take = 1 − dampening, after the first step
        bool nesterov;

        STRATA_HD void plain(T g, T& p) const { p -= rate * (g + decay * p); }
        STRATA_HD void heavy(T g, T& p, T& b) const {
            b = momentum * b + take * (g + decay * p);
            p -= rate * b;
        }
        STRATA_HD void ahead(T g, T& p, T& b) const {
            g += decay * p;
            b = momentum * b + take * g;
            p -= rate * (g + momentum * b);
        }
        STRATA_HD void operator()(T g, T& p, T& b) const {
            if (momentum == T(0)) plain(g, p);
            else if (!nesterov) heavy(g, p, b);
            else ahead(g, p, b);
        }
    };
    /// The rule of a step: what a machine applies that gives every parameter a thread of its own.
    template <class T>
    [[nodiscard]] STRATA_HD element_rule<T> rule(std::int64_t step) const noexcept {
        return {.rate = static_cast<T>(rate),
                .momentum = static_cast<T>(momentum),
                .take = static_cast<T>(step == 1 ? 1 : 1 - dampening),
                .decay = static_cast<T>(weight_decay),
                .nesterov = nesterov};
    }

    void check() const {
        const detail::option_check is{"sgd"};
        is.positive("learning rate", rate, ".rate = 0.01");
        is.below_one("momentum", momentum, ".momentum = 0.9");
        is.at_most_one("dampening", dampening, ".dampening = 0");
        is.not_negative("weight decay", weight_decay, ".weight_decay = 1e-4");
        if (nesterov && momentum == 0)
            raise("strata: sgd: nesterov needs a momentum above 0; try sgd{.momentum = 0.9, .nesterov = true}.");
        if (nesterov && dampening != 0)
            raise("strata: sgd: nesterov is not defined with dampening; leave .dampening out.");
    }

  private:
    // apart from `apply`, because g++ believes __restrict of parameters only
    template <class T>
    [[gnu::always_inline]] static void plain(const element_rule<T> f, const T* __restrict g, T* __restrict p,
                                             std::size_t n) noexcept {
        for (std::size_t i = 0; i < n; ++i) f.plain(g[i], p[i]);
    }
    template <class T>
    [[gnu::always_inline]] static void heavy(const element_rule<T> f, const T* __restrict g, T* __restrict p,
                                             T* __restrict b, std::size_t n) noexcept {
        for (std::size_t i = 0; i < n; ++i) f.heavy(g[i], p[i], b[i]);
    }
    template <class T>
    [[gnu::always_inline]] static void ahead(const element_rule<T> f, const T* __restrict g, T* __restrict p,
                                             T* __restrict b, std::size_t n) noexcept {
        for (std::size_t i = 0; i < n; ++i) f.ahead(g[i], p[i], b[i]);
    }
};

} // namespace strata::inline STRATA_ABI
