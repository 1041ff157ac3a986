#pragma once
/// adam — steps scaled by running moments of the gradient:  strata::adam{.rate = 1e-3}
///
///   g ← g + weight_decay · p
///   m ← β₁ m + (1 − β₁) g                 v ← β₂ v + (1 − β₂) g²                          m, v start at 0
///   p ← p − rate / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + epsilon)                            t = 1, 2, ...
///
/// Options  those of torch.optim.Adam, with its defaults (rate: lr, epsilon: eps)
/// Errors   `check` raises `error` for options that make no sense
/// Source   Kingma & Ba 2015, with epsilon where torch.optim.Adam has it
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <strata/base/host_device.hpp>
#include <strata/train/optimisers/option_check.hpp>
#include <strata/train/optimisers/root_blocks.hpp>

namespace strata::inline STRATA_ABI {

struct adam {
    double rate = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999; // double, as all options: 1 − 0.999f would be off by 1.3e-5 of itself
    double epsilon = 1e-8;
    double weight_decay = 0;

    static constexpr const char* name = "adam";
    static constexpr int states = 2; ///< state numbers per parameter: m and v

    /// Step number `step` (1, 2, ...) over n parameters; may be called on any split of them, from many
    /// threads. state[0] is m, state[1] is v; both zeros before step 1. (Inlined, so that its vector code belongs to
    /// the caller, whose type tells instruction sets apart.)
    template <class T>
    [[gnu::always_inline]] void apply(std::int64_t step, const T* gradient, T* parameter, T* const* state,
                                      std::size_t n) const noexcept {
        detail::root_blocks(rule<T>(step), gradient, parameter, n, state[0], state[1]);
    }

    /// The step of one parameter p with gradient g.
    template <class T>
    struct element_rule {
        T rate, scale, epsilon, keep1, take1, keep2, take2; // rate / (1 − β₁ᵗ), scale = 1 / √(1 − β₂ᵗ)
        T decay, loss; // weight decay: into the gradient, and of the parameter itself in one step (adamw)

        STRATA_HD T radicand(T g, T p, T& m, T& v) const {
            g += decay * p;
            m = keep1 * m + take1 * g;
            v = keep2 * v + take2 * (g * g);
            return v;
        }
        STRATA_HD void finish(T root, T, T& p, T& m, T&) const { p -= loss * p + rate * m / (root * scale + epsilon); }
        STRATA_HD void operator()(T g, T& p, T& m, T& v) const {
            using std::sqrt;
            finish(sqrt(radicand(g, p, m, v)), g, p, m, v);
        }
    };
    /// The rule of step number `step`: what a machine applies that gives every parameter a thread of its own.
    template <class T>
    [[nodiscard]] STRATA_HD element_rule<T> rule(std::int64_t step) const noexcept {
        const auto t = static_cast<double>(step);
        return {.rate = static_cast<T>(rate / (1 - std::pow(beta1, t))),
                .scale = static_cast<T>(1 / std::sqrt(1 - std::pow(beta2, t))),
                .epsilon = static_cast<T>(epsilon),
                .keep1 = static_cast<T>(beta1),
                .take1 = static_cast<T>(1 - beta1),
                .keep2 = static_cast<T>(beta2),
                .take2 = static_cast<T>(1 - beta2),
                .decay = static_cast<T>(weight_decay),
                .loss = T(0)};
    }

    /// What a parameter that is no longer finite may come from, for the error; empty where nothing is known.
    [[nodiscard, gnu::cold]] std::string why_not_finite() const {
        return detail::words_on_epsilon(name, epsilon, ".epsilon = 1e-8");
    }
    void check() const { check_as({"adam"}); }

    /// The options of adam and adamw are the same.
    void check_as(const detail::option_check is) const {
        is.positive("learning rate", rate, ".rate = 0.001");
        is.below_one("beta1", beta1, ".beta1 = 0.9");
        is.below_one("beta2", beta2, ".beta2 = 0.999");
        is.not_negative("epsilon", epsilon, ".epsilon = 1e-8");
        is.not_negative("weight decay", weight_decay, ".weight_decay = 0.01");
    }
};

} // namespace strata::inline STRATA_ABI
