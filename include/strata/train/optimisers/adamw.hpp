#pragma once
/// adamw — adam with weight decay apart from the gradient:  strata::adamw{.weight_decay = 0.01}
///
///   m ← β₁ m + (1 − β₁) g                 v ← β₂ v + (1 − β₂) g²                          m, v start at 0
///   p ← (1 − rate · weight_decay) p − rate / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + epsilon)     t = 1, 2, ...
///
/// A schedule of the rate scales the decay as well.
///
/// Options  those of torch.optim.AdamW, with its defaults (rate: lr, epsilon: eps)
/// Errors   `check` raises `error` for options that make no sense
/// Source   Loshchilov & Hutter 2019, in the form of torch.optim.AdamW
#include <strata/train/optimisers/adam.hpp>

namespace strata::inline STRATA_ABI {

struct adamw {
    double rate = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 1e-2;

    static constexpr const char* name = "adamw";
    static constexpr int states = 2; ///< state numbers per parameter: m and v

    /// Step number `step` (1, 2, ...) over n parameters; may be called on any split of them, from many threads.
    /// state[0] is m, state[1] is v; both zeros before step 1.
    template <class T>
    [[gnu::always_inline]] void apply(std::int64_t step, const T* gradient, T* parameter, T* const* state,
                                      std::size_t n) const noexcept {
        detail::root_blocks(rule<T>(step), gradient, parameter, n, state[0], state[1]);
    }

    /// The step of one parameter: adam's, which knows both kinds of decay.
    template <class T>
    using element_rule = adam::element_rule<T>;

    /// The rule of step number `step`: what a machine applies that gives every parameter a thread of its own.
    template <class T>
    [[nodiscard]] STRATA_HD element_rule<T> rule(std::int64_t step) const noexcept {
        element_rule<T> r = adam{rate, beta1, beta2, epsilon, 0}.rule<T>(step);
        r.loss = static_cast<T>(rate * weight_decay); // 1 − 1e-5, say, would lose half its digits in float
        return r;
    }

    /// What a parameter that is no longer finite may come from, for the error; empty where nothing is known.
    [[nodiscard, gnu::cold]] std::string why_not_finite() const {
        return detail::words_on_epsilon(name, epsilon, ".epsilon = 1e-8");
    }
    void check() const { adam{rate, beta1, beta2, epsilon, weight_decay}.check_as({"adamw"}); }
};

} // namespace strata::inline STRATA_ABI
