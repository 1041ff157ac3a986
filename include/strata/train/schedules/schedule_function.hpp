#pragma once
/// schedule_function — any schedule of the learning rate: a callable that gives the factor before each step.
///
///   {.schedule = strata::cosine}
///   {.schedule = strata::step_decay{.every = 10, .gamma = 0.1}}
///   {.schedule = [](double progress) { return 1 - progress; }}
///   {.schedule = [](const strata::schedule_point& at) { return at.epoch < 3 ? 0.1 : 1; }}
///
/// The callable takes a `schedule_point` or just the progress of the fit. It is a value: a copy has a copy of the
/// callable and its state. `fit` works on a copy, so every fit starts from the given state. It is called once before
/// each step, in order.
/// Errors   whatever the callable's `check()` raises, if it has one, when the schedule is made
#include <concepts>
#include <memory>
#include <strata/train/schedules/schedule_point.hpp>
#include <type_traits>
#include <utility>

namespace strata::inline STRATA_ABI {

class schedule_function {
  public:
    template <class F>
        requires(!std::same_as<F, schedule_function>
                 && (std::invocable<F&, const schedule_point&> || std::invocable<F&, double>))
    schedule_function(F callable) {
        if constexpr (requires { callable.check(); }) callable.check();
        held_ = std::make_unique<holder<F>>(std::move(callable));
    }
    schedule_function(const schedule_function& other) : held_(other.held_ ? other.held_->copy() : nullptr) {}
    schedule_function(schedule_function&&) noexcept = default;
    schedule_function& operator=(schedule_function other) noexcept {
        held_ = std::move(other.held_);
        return *this;
    }
    ~schedule_function() = default;

    /// The factor at that point.
    double operator()(const schedule_point& at) { return held_ ? held_->factor(at) : 1; }

  private:
    struct anything {
        virtual ~anything() = default;
        virtual double factor(const schedule_point&) = 0;
        [[nodiscard]] virtual std::unique_ptr<anything> copy() const = 0;
    };
    template <class F>
    struct holder final : anything {
        F callable;
        explicit holder(F f) : callable(std::move(f)) {}
        double factor(const schedule_point& at) override {
            if constexpr (std::invocable<F&, const schedule_point&>) return callable(at);
            else return callable(at.progress);
        }
        [[nodiscard]] std::unique_ptr<anything> copy() const override { return std::make_unique<holder>(callable); }
    };

    std::unique_ptr<anything> held_; ///< null only in what was moved from, which is then a constant schedule
};

} // namespace strata::inline STRATA_ABI
