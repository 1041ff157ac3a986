#pragma once
/// adagrad — steps divided by the root of the sum of squared gradients:  strata::adagrad{.rate = 1e-2}
///
///   g ← g + weight_decay · p
///   s ← s + g²                                                             s starts at 0
///   p ← p − rate / (1 + (t − 1) · rate_decay) · g / (√(initial_accumulator + s) + epsilon)      t = 1, 2, ...
///
/// Options  those of torch.optim.Adagrad, with its defaults (rate: lr, rate_decay: lr_decay, initial_accumulator:
///          initial_accumulator_value, epsilon: eps). The state s leaves out the initial value, so that it starts at 0
///          like the state of every optimiser.
/// Errors   `check` raises `error` for options that make no sense
/// Source   Duchi, Hazan & Singer 2011, in the form of torch.optim.Adagrad
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <strata/base/host_device.hpp>
#include <strata/train/optimisers/option_check.hpp>
#include <strata/train/optimisers/root_blocks.hpp>

namespace strata::inline STRATA_ABI {

struct adagrad {
    double rate = 1e-2;
    double rate_decay = 0;
    double weight_decay = 0;
    double initial_accumulator = 0;
    double epsilon = 1e-10;

    static constexpr const char* name = "adagrad";
    static constexpr int states = 1; ///< state numbers per parameter: s

    /// Step number `step` (1, 2, ...) over n parameters; may be called on any split of them, from many threads.
    /// state[0] is s, zeros before step 1.
    template <class T>
    [[gnu::always_inline]] void apply(std::int64_t step, const T* gradient, T* parameter, T* const* state,
                                      std::size_t n) const noexcept {
        detail::root_blocks(rule<T>(step), gradient, parameter, n, state[0]);
    }

    /// The step of one parameter p with gradient g.
    template <class T>
    struct element_rule {
        T rate, initial, epsilon, decay; // rate / (1 + (t − 1) · rate_decay)

        STRATA_HD T radicand(T g, T p, T& s) const {
            g += decay * p;
            s += g * g;
            return initial + s;
        }
        STRATA_HD void finish(T root, T g, T& p, T&) const { p -= rate * (g + decay * p) / (root + epsilon); }
        STRATA_HD void operator()(T g, T& p, T& s) const {
            using std::sqrt;
            finish(sqrt(radicand(g, p, s)), g, p, s);
        }
    };
    /// The rule of step number `step`: what a machine applies that gives every parameter a thread of its own.
    template <class T>
    [[nodiscard]] STRATA_HD element_rule<T> rule(std::int64_t step) const noexcept {
        return {.rate = static_cast<T>(rate / (1 + static_cast<double>(step - 1) * rate_decay)),
                .initial = static_cast<T>(initial_accumulator),
                .epsilon = static_cast<T>(epsilon),
                .decay = static_cast<T>(weight_decay)};
    }

    /// What a parameter that is no longer finite may come from, for the error; empty where nothing is known.
    [[nodiscard, gnu::cold]] std::string why_not_finite() const {
        return initial_accumulator > 0 ? "" : detail::words_on_epsilon(name, epsilon, ".epsilon = 1e-10");
    }
    void check() const {
        const detail::option_check is{"adagrad"};
        is.positive("learning rate", rate, ".rate = 0.01");
        is.not_negative("rate decay", rate_decay, ".rate_decay = 0");
        is.not_negative("weight decay", weight_decay, ".weight_decay = 1e-4");
        is.not_negative("initial accumulator", initial_accumulator, ".initial_accumulator = 0.1");
        is.not_negative("epsilon", epsilon, ".epsilon = 1e-10");
    }
};

} // namespace strata::inline STRATA_ABI
