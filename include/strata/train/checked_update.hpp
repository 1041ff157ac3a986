#pragma once
/// checked_update — an optimiser's step that keeps numbers that are not finite out of a model. A gradient that is
/// infinite or NaN is refused before anything changes, and a step that leaves such a parameter is reported at once.
/// Both errors name step and parameter.
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/plan/description.hpp>
#include <strata/plan/trainable_runs.hpp>
#include <strata/train/explain_loss.hpp>

#include <cstdint>
#include <string>

namespace strata::inline STRATA_ABI::detail {

/// Can the machine tell at next to no cost whether numbers are finite? (A GPU would have to be waited for.)
template <class Machine, class T>
inline constexpr bool tells_finite = requires(Machine& machine, const T* x) { machine.all_finite(x, 1LL); };

/// Are all numbers of these runs of a block finite? True where the machine cannot tell at once.
template <class Machine, class T, class Runs>
bool gradient_is_finite(Machine& machine, const T* gradients, const Runs& runs) {
    if constexpr (tells_finite<Machine, T>)
        for (const auto& run : runs)
            if (!machine.all_finite(gradients + run.first, run.count)) return false;
    return true;
}
/// The step of a part of the parameters, whose state begins at `state`, in slots `state_size` apart; false if it leaves
/// one that is not finite, as far as the machine can tell at once.
template <class Machine, class Rule, class T>
bool update_part(Machine& machine, const Rule& rule, std::int64_t step, const T* gradients, T* parameters, T* state,
                 long long state_size, const element_run& part) {
    const auto update = [&] {
        return machine.update(rule, step, gradients + part.first, parameters + part.first, state, part.count,
                              state_size);
    };
    if constexpr (tells_finite<Machine, T>) return update();
    else return update(), true;
}

/// Raises the error that names the first parameter or buffer with a number that is not finite in `block`, which is laid
/// out like the model's: the sentence is `before`, the name, `after`. Comes back where there is none.
template <class Model, class Machine, class T>
[[gnu::cold, gnu::noinline]] void blame_parameter(Machine& machine, const T* block, storage where,
                                                  std::initializer_list<sentence_part> before,
                                                  std::initializer_list<sentence_part> after) {
    for (int i = 0; i < static_cast<int>(Model::parameters().size()); ++i) {
        const parameter_info& p = Model::parameters()[static_cast<std::size_t>(i)];
        if (p.where == where && first_not_finite(machine, block + p.offset, p.elements) >= 0)
            raise<not_finite_error>(
                sentence({sentence(before), description<typename Model::network>::name(i), sentence(after)}));
    }
}

/// Of the gradient of a step that is to be taken.
template <class Model, class Machine, class T>
[[gnu::cold, gnu::noinline]] void explain_gradient(Machine& machine, const T* gradients, std::int64_t step) {
    blame_parameter<Model>(
        machine, gradients, storage::parameter,
        {"strata: the gradient of step ", step, " is not finite, though the loss is: that of "},
        {". The step was skipped, and the model is unchanged. Lower the learning rate, or scale the data."});
}
/// Of what a step has left of the model; `hint` is what the optimiser knows of parameters that are not finite.
template <class Model, class Machine>
[[gnu::cold, gnu::noinline]] void explain_parameters(Machine& machine, const Model& net, std::int64_t step,
                                                     const std::string& hint) {
    const auto blame = [&](const auto& block, storage where, const char* what) {
        blame_parameter<Model>(
            machine, block.data(), where, {"strata: step ", step, " has made ", what, " "},
            {" infinite or NaN. The model is no longer usable: load a saved one, or resume from a checkpoint. ",
             hint.empty() ? "Lower the learning rate, or limit the gradient with .clip_norm." : "", hint});
    };
    blame(net.parameter_memory(), storage::parameter, "the parameter");
    blame(net.buffer_memory(), storage::buffer, "the statistic");
}

} // namespace strata::inline STRATA_ABI::detail
