#pragma once
/// update — one step of an optimiser over the whole block of parameters, one thread per parameter: the optimiser's own
/// rule (`optimizer.rule<T>(step)`), executed by Thrust on the given execution policy.
#include <strata/base/host_device.hpp>

#include <cstdint>
#include <thrust/for_each.h>
#include <thrust/iterator/counting_iterator.h>
#include <type_traits>
#include <utility>

namespace strata::inline STRATA_ABI::on_cuda {

template <class Rule, int Slots, class T>
struct element_update {
    Rule rule;
    const T* gradient;
    T *parameter, *state;
    long long slot_size;

    STRATA_HD void operator()(long long i) const { update(i, std::make_integer_sequence<int, Slots>()); }

  private:
    template <int... Slot>
    STRATA_HD void update(long long i, std::integer_sequence<int, Slot...>) const {
        rule(gradient[i], parameter[i], state[Slot * slot_size + i]...);
    }
};

/// The optimiser's slots are `slot_size` numbers apart in `state`. `where` is an execution policy of Thrust.
template <class Where, class Optimizer, class T>
void update(const Where& where, const Optimizer& optimizer, std::int64_t step, const T* gradient, T* parameter,
            T* state, long long n, long long slot_size) {
    const auto rule = optimizer.template rule<T>(step);
    thrust::for_each_n(where, thrust::counting_iterator<long long>(0), n,
                       element_update<std::remove_const_t<decltype(rule)>, Optimizer::states, T>{
                           rule, gradient, parameter, state, slot_size});
}

} // namespace strata::inline STRATA_ABI::on_cuda
