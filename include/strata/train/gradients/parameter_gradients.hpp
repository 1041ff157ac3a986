#pragma once
/// parameter_gradients — the gradients of a step as `optimiser` takes them: their memory, the parts of the parameter
/// block that they belong to, and the threads or device that may work on them. It refers to the step that returned it,
/// and to that step's latest gradients.
#include <strata/plan/weights/trainable_runs.hpp>

#include <span>

namespace strata::inline STRATA_ABI {

template <class Memory, class Machine>
struct parameter_gradients {
    const Memory* numbers; ///< laid out like the model's parameter block; zero where no gradient was asked for
    std::span<const core::element_run> runs; ///< what was asked for
    Machine* machine;

    /// The numbers, on the host a span of them.
    [[nodiscard]] auto view() const noexcept { return numbers->view(); }
};

} // namespace strata::inline STRATA_ABI
