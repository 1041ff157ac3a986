#pragma once
/// parameter_average — the running average of a model's parameters:
///   average = decay · average + (1 − decay) · parameters
/// from the parameters on at the first step. What is not trained keeps its bits.
/// Source   Polyak & Juditsky 1992, with exponential weights
#include <strata/plan/weights/trainable_runs.hpp>
#include <strata/run/blend.hpp>

namespace strata::inline STRATA_ABI::detail {

template <class Memory, class T>
class parameter_average {
  public:
    /// Has no step been averaged yet?
    [[nodiscard]] bool empty() const noexcept { return average_.size() == 0; }
    /// Moves the average, on the machine, behind a step that has this state; `runs` are the parts of the parameters
    /// that are trained.
    template <class Machine, class State, class Runs>
    void move(Machine& machine, const State& state, const Memory& parameters, const Runs& runs, double decay) {
        if (empty()) {
            average_ = parameters;
            return;
        }
        for (const element_run& run : runs)
            machine.for_elements(state, run.count,
                                 blend<T>{static_cast<T>(decay), static_cast<T>(1 - decay),
                                          parameters.data() + run.first, average_.data() + run.first});
    }
    /// The average; made, of the parameters as they are, if there is none.
    [[nodiscard]] Memory& numbers(const Memory& parameters) {
        if (empty()) average_ = parameters;
        return average_;
    }

  private:
    Memory average_;
};

} // namespace strata::inline STRATA_ABI::detail
