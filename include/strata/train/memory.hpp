#pragma once
/// memory — the bytes that a network needs, as functions of the batch, known before anything runs:
///   inference_bytes<Net>(batch)             a workspace
///   training_bytes<Net, Loss>(batch)        the arena of a training step on one thread
///   parameter_bytes<Net>                    the parameter block (padding included)
#include <strata/model/model.hpp>
#include <strata/plan/any_number.hpp>
#include <strata/train/losses/mean_squared_error.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {
template <class Net, class Policy, class Precision, class Loss, bool Sound = is_sound<Net, Loss>>
struct memory : private diagnosis<Net, Loss> {
    using number = typename Precision::type;
    static constexpr target_numbers numbers = Policy::template numbers<number>();
    using inference = plan<Net, request{.target = numbers}>;
    using training = plan<Net, request{.mode = mode::train, .target = numbers}, Loss>;
    template <class Plan>
    static constexpr long long scratch_of = Policy::machine::template scratch<Plan, Policy, number>;
    static constexpr long long parameters = inference::data.sizes.parameters * static_cast<long long>(sizeof(number));
    static constexpr long long of_inference(int batch) {
        return (scratch_of<inference> + inference::arena_elements(batch)) * static_cast<long long>(sizeof(number));
    }
    static constexpr long long of_training(int batch) {
        return (scratch_of<training> + training::arena_elements(batch)) * static_cast<long long>(sizeof(number));
    }
};
template <class Net, class Policy, class Precision, class Loss>
struct memory<Net, Policy, Precision, Loss, false> : private diagnosis<Net>, private diagnosis<Net, Loss> {
    static constexpr any_number parameters{};
    static constexpr any_number of_inference(int) { return {}; }
    static constexpr any_number of_training(int) { return {}; }
};
} // namespace detail

template <class Net, class Policy = cpu, class Precision = fp32>
constexpr auto inference_bytes(int batch) {
    return detail::memory<Net, Policy, Precision, mean_squared_error>::of_inference(batch);
}
template <class Net, class Loss, class Policy = cpu, class Precision = fp32>
constexpr auto training_bytes(int batch) {
    return detail::memory<Net, Policy, Precision, Loss>::of_training(batch);
}
template <class Net, class Policy = cpu, class Precision = fp32>
inline constexpr auto parameter_bytes = detail::memory<Net, Policy, Precision, mean_squared_error>::parameters;

} // namespace strata::inline STRATA_ABI
