#pragma once
/// inference_bytes<Net>(batch), parameter_bytes<Net> — the memory that inference needs, as constants of the network:
///   inference_bytes<Net>(batch)   a workspace for batches of this size: the values between layers, and scratch that
///                                 does not depend on the batch
///   parameter_bytes<Net>          the parameters, padding included; embedded weights take as much again in the binary
/// Loading needs temporary memory besides, which grows with the parameters, and a workspace for a self-test.
#include <strata/model/model.hpp>
#include <strata/plan/any_number.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {
template <class Net, class Policy, class Precision, bool Sound = is_sound<Net>>
struct inference_memory : private diagnosis<Net> {
    using number = typename Precision::type;
    using inference = plan<Net, request{.target = Policy::template numbers<number>()}>;
    static constexpr long long parameters = inference::data.sizes.parameters * static_cast<long long>(sizeof(number));
    static constexpr long long bytes(int batch) {
        return Policy::machine::template scratch<inference, Policy, number> * static_cast<long long>(sizeof(number))
               + inference::arena_bytes(batch);
    }
};
template <class Net, class Policy, class Precision>
struct inference_memory<Net, Policy, Precision, false> : private diagnosis<Net> {
    static constexpr any_number parameters{};
    static constexpr any_number bytes(int) { return {}; }
};
} // namespace detail

template <class Net, class Policy = cpu, class Precision = fp32>
constexpr auto inference_bytes(int batch) {
    return detail::inference_memory<Net, Policy, Precision>::bytes(batch);
}
template <class Net, class Policy = cpu, class Precision = fp32>
inline constexpr auto parameter_bytes = detail::inference_memory<Net, Policy, Precision>::parameters;

} // namespace strata::inline STRATA_ABI
