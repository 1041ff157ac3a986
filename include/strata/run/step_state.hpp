#pragma once
/// step_state — what changes from one step of training to the next. It is in the memory of the machine that runs the
/// steps, and the steps themselves advance it.
#include <strata/base/abi.hpp>

#include <cstdint>

namespace strata::inline STRATA_ABI::core {

/// What was infinite or NaN.
enum class not_finite : int { nothing, loss, gradient, model };

struct step_state {
    std::int64_t step = 0;                  ///< steps taken; the first coordinate of random layers' numbers
    double rate_factor = 0;                 ///< of the optimiser's rate, in the last step
    double loss = 0;                        ///< the mean over the last batch
    double gradient_norm = 0;               ///< before it was limited; 0 where it is not
    not_finite found = not_finite::nothing; ///< the first such thing; from then on no step changes anything
};

/// On the host it is an ordinary struct, and what a batch has given is known when the batch has run.
class host_step_memory {
  public:
    static constexpr int batches_in_flight = 1;

    template <class Policy>
    explicit host_step_memory(const Policy&) noexcept {}

    /// The state, as far as it is known without waiting; `read` waits.
    [[nodiscard]] const step_state& known() const noexcept { return now; }
    [[nodiscard]] const step_state& read() const noexcept { return now; }
    void write(const step_state& s) noexcept { now = s; }
    /// Steps that were begun.
    [[nodiscard]] std::int64_t steps() const noexcept { return now.step; }

    /// Keeps the state as place `slot` of the batches in flight; whether that has arrived; and the state, awaited.
    static void post(int) noexcept {}
    [[nodiscard]] static bool arrived(int) noexcept { return true; }
    [[nodiscard]] const step_state& posted(int) const noexcept { return now; }

    void found(not_finite what) noexcept {
        if (now.found == not_finite::nothing) now.found = what;
    }

    step_state now;
};

} // namespace strata::inline STRATA_ABI::core
