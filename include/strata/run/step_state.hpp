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
    std::int64_t place = -1;                ///< of the gradient that was found, if the machine tells
};

/// On the host it is an ordinary struct, and what a batch has given is known when the batch has run.
class host_step_memory {
  public:
    static constexpr int batches_in_flight = 1;

    template <class Policy>
    explicit host_step_memory(const Policy&) noexcept {}

    /// The state as far as it is known; `read` waits until it is the last.
    [[nodiscard]] const step_state& known() const noexcept { return now; }
    const step_state& read() noexcept { return now; }
    void write(const step_state& s) noexcept { now = s; }
    /// Steps that were begun, and where the machine itself counts them, if it does.
    [[nodiscard]] std::int64_t steps() const noexcept { return now.step; }
    [[nodiscard]] static const std::int64_t* counter() noexcept { return nullptr; }

    /// Sends the state to slot `slot` of the batches in flight; whether it has arrived there; and it, awaited.
    static void post(int) noexcept {}
    [[nodiscard]] static bool arrived(int) noexcept { return true; }
    [[nodiscard]] const step_state& posted(int) const noexcept { return now; }

    void found(not_finite what) noexcept {
        if (now.found == not_finite::nothing) now.found = what;
    }

    step_state now;
};

} // namespace strata::inline STRATA_ABI::core
