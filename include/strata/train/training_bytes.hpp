#pragma once
/// training_bytes<Net, Loss>(batch) — a training step's arena on one thread, in bytes: a constant of the network.
#include <strata/model/model.hpp>
#include <strata/plan/any_number.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {
template <class Net, class Loss, class Policy, class Precision, bool Sound = is_sound<Net, Loss>>
struct training_memory : private diagnosis<Net, Loss> {
    using number = typename Precision::type;
    using training = plan<Net, request{.mode = mode::train, .target = Policy::template numbers<number>()}, Loss>;
    static constexpr long long bytes(int batch) {
        return Policy::machine::template scratch<training, Policy, number> * static_cast<long long>(sizeof(number))
               + training::arena_bytes(batch);
    }
};
template <class Net, class Loss, class Policy, class Precision>
struct training_memory<Net, Loss, Policy, Precision, false> : private diagnosis<Net>, private diagnosis<Net, Loss> {
    static constexpr any_number bytes(int) { return {}; }
};
} // namespace detail

template <class Net, class Loss, class Policy = cpu, class Precision = fp32>
constexpr auto training_bytes(int batch) {
    return detail::training_memory<Net, Loss, Policy, Precision>::bytes(batch);
}

} // namespace strata::inline STRATA_ABI
