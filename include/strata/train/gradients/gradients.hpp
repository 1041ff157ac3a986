#pragma once
/// gradients<wrt<...>>(net, loss) — the gradients of a loss, one step at a time:
///
///   auto step = strata::gradients<strata::wrt<strata::parameters>, strata::wrt<strata::input>>(
///       net, strata::cross_entropy{});
///   double loss = step(x, t);         // whole samples and targets, as trainer.step takes them
///   opt.apply(net, step.gradients()); // see optimiser.hpp
///   step.input_gradient();            // laid out like x
///   step.outputs();
///
/// It is the building block of training loops by hand, attribution, and descent in the input.
///
/// gradients<wrt<...>>(net) — without a loss, the caller provides the gradient of the output: a vector-Jacobian
/// product. So two networks can share one loss: the input gradient of the second is the output gradient of the first:
///
///   auto made = strata::gradients<strata::wrt<strata::parameters>>(generator);
///   auto judged = strata::gradients<strata::wrt<strata::input>>(discriminator, strata::cross_entropy{});
///   judged(made.forward(z), real);
///   made.backward(judged.input_gradient());
///   opt.apply(generator, made.gradients());
///
/// A model runs as in training: batch_norm uses the batch's moments and updates its running ones, dropout draws as in a
/// trainer's steps. A const model (std::as_const(net)) runs as in inference, is not changed, and has gradients to the
/// input only. Gradients that are not asked for are not computed. After the first step of a size nothing is allocated.
#include <strata/train/gradients/gradient_step.hpp>

namespace strata::inline STRATA_ABI {

template <class... Wrt, class Model, class Loss = given_gradient>
[[nodiscard]] gradient_step<Model, Loss, Wrt...> gradients(Model& net, Loss loss = {}) {
    return {net, loss};
}
/// Of a temporary model there are none: one error says so.
template <class... Wrt, class Model, class Loss = given_gradient>
    requires(!std::is_lvalue_reference_v<Model>)
[[nodiscard]] auto gradients(Model&&, Loss = {}) {
    static_assert(
        std::is_lvalue_reference_v<Model>,
        "strata: gradients need a model that outlives them, but were given a temporary. Give the model a name.");
    return detail::silent_gradient_step<std::remove_const_t<Model>>();
}

} // namespace strata::inline STRATA_ABI
