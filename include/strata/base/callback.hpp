#pragma once
/// callback<R(A)> — any callable that takes an A and gives an R, or none: what options hold.
///
///   strata::callback<bool(int)> f = [](int x) { return x > 0; };
///   if (f) f(3);                                 // true; an empty callback must not be called
///
/// It is a value: a copy has a copy of the callable and its state. It stands for std::function, whose header would make
/// every program take longer to compile.
#include <strata/base/abi.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace strata::inline STRATA_ABI {

template <class Signature>
class callback;

template <class R, class A>
class callback<R(A)> {
  public:
    callback() = default;
    callback(std::nullptr_t) {}
    template <class F>
        requires(!std::same_as<F, callback> && std::copy_constructible<F> && std::is_invocable_r_v<R, F&, A>)
    callback(F callable) {
        if constexpr (requires { static_cast<bool>(callable == nullptr); })
            if (callable == nullptr) return; // an empty std::function, or no function
        held_ = std::make_unique<holder<F>>(std::move(callable));
    }
    callback(const callback& other) : held_(other.held_ ? other.held_->copy() : nullptr) {}
    callback(callback&&) noexcept = default;
    callback& operator=(callback other) noexcept {
        held_ = std::move(other.held_);
        return *this;
    }
    ~callback() = default;

    explicit operator bool() const noexcept { return held_ != nullptr; }
    R operator()(A argument) const { return held_->call(std::forward<A>(argument)); }

  private:
    struct anything {
        virtual ~anything() = default;
        virtual R call(A argument) = 0;
        [[nodiscard]] virtual std::unique_ptr<anything> copy() const = 0;
    };
    template <class F>
    struct holder final : anything {
        F callable;
        explicit holder(F f) : callable(std::move(f)) {}
        R call(A argument) override { return callable(std::forward<A>(argument)); }
        [[nodiscard]] std::unique_ptr<anything> copy() const override { return std::make_unique<holder>(callable); }
    };

    std::unique_ptr<anything> held_;
};

} // namespace strata::inline STRATA_ABI
