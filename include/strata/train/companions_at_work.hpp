#pragma once
/// companions_at_work — the companions of one fit, called one after the other at the moments that fit_run.hpp lists.
/// Each gets them all, itself included. Without companions every call is nothing.
#include <strata/base/abi.hpp>

#include <cstddef>
#include <tuple>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

template <class Run, class... Companions>
class companions_at_work {
  public:
    static constexpr bool any = sizeof...(Companions) > 0;
    static constexpr bool interruptible = (requires { Companions::interruptible; } || ...);

    explicit companions_at_work(Run& run, const Companions&... companions) : all_{{companions, run}...} {}

    void begin() {
        if constexpr (any)
            each([](auto& companion, auto&... all) {
                if constexpr (requires { companion.begin(all...); }) companion.begin(all...);
            });
    }
    template <class Data>
    void begin_epoch(const Data& data, const std::vector<std::size_t>& order) {
        if constexpr (any)
            each([&](auto& companion, auto&...) {
                if constexpr (requires { companion.begin_epoch(data, order); }) companion.begin_epoch(data, order);
            });
    }
    /// Has one of them brought the next n samples?
    [[nodiscard]] bool gather([[maybe_unused]] int n) {
        bool gathered = false;
        if constexpr (any)
            each([&](auto& companion, auto&...) {
                if constexpr (requires { companion.gather(n); }) companion.gather(n), gathered = true;
            });
        return gathered;
    }
    void after_step() {
        if constexpr (any)
            each([](auto& companion, auto&... all) {
                if constexpr (requires { companion.after_step(all...); }) companion.after_step(all...);
            });
    }
    void after_epoch() {
        if constexpr (any)
            each([](auto& companion, auto&...) {
                if constexpr (requires { companion.after_epoch(); }) companion.after_epoch();
            });
    }
    void keep() {
        if constexpr (any)
            each([](auto& companion, auto&... all) {
                if constexpr (requires { companion.keep(all...); }) companion.keep(all...);
            });
    }
    void end() {
        if constexpr (any)
            each([](auto& companion, auto&...) {
                if constexpr (requires { companion.end(); }) companion.end();
            });
    }

  private:
    /// f(companion, all of them)
    template <class F>
    void each(F f) {
        std::apply([&](auto&... all) { (f(all, all...), ...); }, all_);
    }
    std::tuple<typename Companions::template at_work<Run>...> all_;
};

} // namespace strata::inline STRATA_ABI::detail
