#pragma once
/// rmsprop — steps divided by a running root mean square of the gradient:  strata::rmsprop{.rate = 1e-2}
///
///   g ← g + weight_decay · p
///   v ← alpha · v + (1 − alpha) · g²                       v starts at 0
///   a ← alpha · a + (1 − alpha) · g                        if centered, a starts at 0;  otherwise a = 0
///   b ← momentum · b + g / (√(v − a²) + epsilon)           b starts at 0
///   p ← p − rate · b
///
/// v − a², a variance, counts as 0 where rounding makes it negative.
///
/// Options  those of torch.optim.RMSprop, with its defaults (rate: lr, epsilon: eps)
/// Errors   `check` raises `error` for options that make no sense
/// Source   Tieleman & Hinton 2012; centered: Graves 2013; in the form of torch.optim.RMSprop
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <strata/base/host_device.hpp>
#include <strata/train/optimisers/option_check.hpp>
#include <strata/train/optimisers/root_blocks.hpp>

namespace strata::inline STRATA_ABI {

struct rmsprop {
    double rate = 1e-2;
    double alpha = 0.99;
    double epsilon = 1e-8;
    double weight_decay = 0;
    double momentum = 0;
    bool centered = false;

    static constexpr const char* name = "rmsprop";
    static constexpr int states = 3; ///< state numbers per parameter: v, b and a

    /// Step number `step` (1, 2, ...) over n parameters; may be called on any split of them, from many threads.
    /// state[0] is v, state[1] is b, state[2] is a; zeros before step 1. Without momentum b is not touched, and a only
    /// with centered.
    template <class T>
    [[gnu::always_inline]] void apply(std::int64_t step, const T* gradient, T* parameter, T* const* state,
                                      std::size_t n) const noexcept {
        // A loop for each of the four, without a question inside.
        if (centered)
            momentum != 0 ? walk<true, true>(step, gradient, parameter, state, n)
                          : walk<true, false>(step, gradient, parameter, state, n);
        else
            momentum != 0 ? walk<false, true>(step, gradient, parameter, state, n)
                          : walk<false, false>(step, gradient, parameter, state, n);
    }

    /// The step of one parameter p with gradient g.
    template <class T>
    struct element_rule {
        T rate, epsilon, keep, take, decay, momentum;
        bool centered;

        STRATA_HD T radicand(T g, T p, T& v, T&, T& a) const {
            g += decay * p;
            v = keep * v + take * (g * g);
            if (!centered) return v;
            a = keep * a + take * g;
            const T variance = v - a * a;
            return variance > T(0) ? variance : T(0);
        }
        STRATA_HD void finish(T root, T g, T& p, T&, T& b, T&) const {
            const T change = (g + decay * p) / (root + epsilon);
            if (momentum == T(0)) {
                p -= rate * change;
                return;
            }
            b = momentum * b + change;
            p -= rate * b;
        }
        STRATA_HD void operator()(T g, T& p, T& v, T& b, T& a) const {
            using std::sqrt;
            finish(sqrt(radicand(g, p, v, b, a)), g, p, v, b, a);
        }
    };
    /// The rule of a step: what a machine applies that gives every parameter a thread of its own.
    template <class T>
    [[nodiscard]] STRATA_HD element_rule<T> rule(std::int64_t) const noexcept {
        return {.rate = static_cast<T>(rate),
                .epsilon = static_cast<T>(epsilon),
                .keep = static_cast<T>(alpha),
                .take = static_cast<T>(1 - alpha),
                .decay = static_cast<T>(weight_decay),
                .momentum = static_cast<T>(momentum),
                .centered = centered};
    }

    /// What a parameter that is no longer finite may come from, for the error; empty where nothing is known.
    [[nodiscard, gnu::cold]] std::string why_not_finite() const {
        return detail::words_on_epsilon(name, epsilon, ".epsilon = 1e-8");
    }
    void check() const {
        const detail::option_check is{"rmsprop"};
        is.positive("learning rate", rate, ".rate = 0.01");
        is.below_one("alpha", alpha, ".alpha = 0.99");
        is.not_negative("epsilon", epsilon, ".epsilon = 1e-8");
        is.not_negative("weight decay", weight_decay, ".weight_decay = 1e-4");
        is.below_one("momentum", momentum, ".momentum = 0.9");
    }

  private:
    template <bool Centered, bool Momentum, class T>
    [[gnu::always_inline]] void walk(std::int64_t step, const T* g, T* p, T* const* state,
                                     std::size_t n) const noexcept {
        element_rule<T> f = rule<T>(step);
        f.centered = Centered;
        if (!Momentum) f.momentum = 0;
        detail::root_blocks(f, g, p, n, state[0], state[1], state[2]);
    }
};

} // namespace strata::inline STRATA_ABI
