#pragma once
/// interrupt_guard — while it lives, a first Ctrl-C (SIGINT) is remembered instead of ending the program, so that a fit
/// can end after its step; a second one ends the program as always. What was there before comes back with the guard's
/// end.
#include <strata/base/abi.hpp>

#include <csignal>

namespace strata::inline STRATA_ABI::detail {

class interrupt_guard {
  public:
    explicit interrupt_guard(bool active) : active_(active) {
        if (!active_) return;
        pending = 0;
        before_ = std::signal(SIGINT, &remember);
    }
    ~interrupt_guard() {
        if (active_) std::signal(SIGINT, before_);
    }
    interrupt_guard(const interrupt_guard&) = delete;
    interrupt_guard& operator=(const interrupt_guard&) = delete;

    [[nodiscard]] bool interrupted() const noexcept { return active_ && pending != 0; }

  private:
    static void remember(int) {
        pending = 1;
        std::signal(SIGINT, SIG_DFL);
    }
    static inline volatile std::sig_atomic_t pending = 0;

    bool active_;
    void (*before_)(int) = SIG_DFL;
};

} // namespace strata::inline STRATA_ABI::detail
