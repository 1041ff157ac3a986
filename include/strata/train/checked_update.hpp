#pragma once
/// checked_update — an optimiser's step that keeps numbers that are not finite out of a model. A gradient that is
/// infinite or NaN is refused before anything changes, and a step that leaves such a parameter is reported at once.
/// Both errors name step and parameter.
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/plan/description.hpp>
#include <strata/plan/weights/trainable_runs.hpp>
#include <strata/run/step_state.hpp>
#include <strata/train/explain_loss.hpp>

#include <cstdint>
#include <string>

namespace strata::inline STRATA_ABI::detail {

/// How a step is to be taken: the optimiser, the groups of its parameters, and the factor of its rate.
template <class Rule, class Groups>
struct step_rule {
    const Rule& rule;
    const Groups& groups;
    double rate_factor;
};

/// One step over these runs of the parameter block. The numbers of the optimiser for the parameter at an offset are at
/// place(offset) of each of its slots, which are `slot_size` numbers apart. A gradient that is not finite is found
/// before anything changes, a parameter after it: see step_state.
template <class Plan, class Machine, class State, class Rule, class Groups, class Runs, class T, class Place>
void update_parts(Machine& machine, State& state, const step_rule<Rule, Groups>& how, const Runs& runs,
                  const T* gradients, T* parameters, T* all_slots, long long slot_size, const Place& place) {
    for (const element_run& run : runs)
        machine.check_finite(state, not_finite::gradient, gradients, run.first, run.count);
    if (state.known().found != not_finite::nothing) return;
    machine.advance(state, how.rate_factor);
    const Rule now = machine.of_step(state, how.rule);
    for (const element_run& run : runs)
        how.groups.template each_part<Plan>(run, now, [&](const element_run& part, const Rule& own) {
            machine.update(state, own, gradients + part.first, parameters + part.first, all_slots + place(part.first),
                           part.count, slot_size);
        });
}

/// Of the gradient of a step that is to be taken: n numbers, laid out like the parameter block, unless the machine has
/// found the place. Comes back where all are finite.
template <class Model, class Machine, class T>
[[gnu::cold, gnu::noinline]] void explain_gradient(Machine& machine, const T* gradients, long long n,
                                                   const step_state& then) {
    const long long at = then.place >= 0 ? then.place : first_not_finite(machine, gradients, n);
    for (int i = 0; at >= 0 && i < static_cast<int>(Model::parameters().size()); ++i) {
        const parameter_info& p = Model::parameters()[static_cast<std::size_t>(i)];
        if (p.where == storage::parameter && at >= p.offset && at < p.offset + p.elements)
            raise<not_finite_error>(sentence(
                {"strata: the gradient of step ", then.step + 1, " is not finite, though the loss is: that of ",
                 description<typename Model::network>::name(i),
                 ". The step was skipped, and the model is unchanged. Lower the learning rate, or scale the data."}));
    }
}
/// Of what a step has left of the model; `hint` is what the optimiser knows of parameters that are not finite.
template <class Model, class Machine>
[[gnu::cold, gnu::noinline]] void explain_parameters(Machine& machine, const Model& net, std::int64_t step,
                                                     const std::string& hint) {
    const auto blame = [&](const auto& block, storage where, const char* what) {
        for (int i = 0; i < static_cast<int>(Model::parameters().size()); ++i) {
            const parameter_info& p = Model::parameters()[static_cast<std::size_t>(i)];
            if (p.where == where && first_not_finite(machine, block.data() + p.offset, p.elements) >= 0)
                raise<not_finite_error>(sentence(
                    {"strata: step ", step, " has made ", what, " ", description<typename Model::network>::name(i),
                     " infinite or NaN. The model is no longer usable: load a saved one, or resume from a checkpoint. ",
                     hint.empty() ? "Lower the learning rate, or limit the gradient with .clip_norm." : "", hint}));
        }
    };
    blame(net.parameter_memory(), storage::parameter, "the parameter");
    blame(net.buffer_memory(), storage::buffer, "the statistic");
}

} // namespace strata::inline STRATA_ABI::detail
