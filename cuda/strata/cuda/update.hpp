#pragma once
/// update — one step of an optimiser over the whole block of parameters, a thread a parameter: the optimiser's own rule
/// (`optimizer.rule<T>(step)`), carried out by Thrust wherever it is told to.
#include <strata/base/host_device.hpp>

#include <cstdint>
#include <thrust/for_each.h>
#include <thrust/iterator/counting_iterator.h>

namespace strata::inline v0_1::on_cuda {

template <class Rule, class T>
struct element_update {
    Rule rule;
    const T* gradient;
    T *parameter, *state0, *state1; ///< null: the optimiser has no such state

    STRATA_HD void operator()(long long i) const {
        T none = 0;
        rule(gradient[i], parameter[i], state0 != nullptr ? state0[i] : none, state1 != nullptr ? state1[i] : none);
    }
};

/// `state` holds the optimiser's slots one after the other, n numbers each. `where` is an execution policy of Thrust.
template <class Where, class Optimizer, class T>
void update(const Where& where, const Optimizer& optimizer, std::int64_t step, const T* gradient, T* parameter, T* state,
            long long n) {
    const auto rule = optimizer.template rule<T>(step);
    T *const first = Optimizer::slots > 0 ? state : nullptr, *const second = Optimizer::slots > 1 ? state + n : nullptr;
    thrust::for_each_n(where, thrust::counting_iterator<long long>(0), n,
                       element_update<std::remove_const_t<decltype(rule)>, T>{rule, gradient, parameter, first, second});
}

} // namespace strata::inline v0_1::on_cuda
