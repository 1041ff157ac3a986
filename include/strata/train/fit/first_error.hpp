#pragma once
/// first_error — carries the first exception of parallel tasks, which must not throw, out of the region:
///
///   first_error error;
///   pool.for_each(tasks, [&](int task) {
///       try {
///           read(task);
///       } catch (...) {
///           error.keep();
///       }
///   });
///   error.rethrow();
#include <strata/base/abi.hpp>

#include <atomic>
#include <exception>

namespace strata::inline STRATA_ABI::detail {

class first_error {
  public:
    /// Keeps the exception that is being handled, if it is the first.
    [[gnu::cold, gnu::noinline]] void keep() noexcept {
        if (!kept_.exchange(true)) error_ = std::current_exception();
    }
    /// Has any been kept? Tasks that have not begun may be left out then.
    [[nodiscard]] bool kept() const noexcept { return kept_; }
    /// When all tasks have ended.
    void rethrow() const {
        if (error_) std::rethrow_exception(error_);
    }

  private:
    std::exception_ptr error_;
    std::atomic<bool> kept_{false};
};

} // namespace strata::inline STRATA_ABI::detail
