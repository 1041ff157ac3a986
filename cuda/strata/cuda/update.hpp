#pragma once
/// update — one step of an optimiser over the whole block of parameters, one thread per parameter: the optimiser's own
/// rule, `optimizer.rule<T>(step)`, which a thread makes before them from the step's number and rate.
#include <strata/base/host_device.hpp>
#include <strata/run/step_state.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace strata::inline STRATA_ABI::on_cuda {

template <class Optimizer, class T>
using rule_of = std::remove_cvref_t<decltype(std::declval<const Optimizer&>().template rule<T>(std::int64_t{}))>;

/// The rule of the step that the state tells.
template <class Optimizer, class T>
struct make_rule {
    static_assert(std::is_trivially_copyable_v<rule_of<Optimizer, T>>);
    const core::step_state* state;
    Optimizer optimizer;
    rule_of<Optimizer, T>* rule;
    STRATA_HD void operator()() const {
        Optimizer now = optimizer;
        now.rate *= state->rate_factor;
        *rule = now.template rule<T>(state->step);
    }
};

/// The step of parameter i; the optimiser's slots are `slot_size` numbers apart in `slots`.
template <class Rule, int Slots, class T>
struct element_update {
    const Rule* rule;
    const T* gradient;
    T *parameter, *all_slots;
    long long slot_size;

    STRATA_HD void operator()(long long i) const { update(i, std::make_integer_sequence<int, Slots>()); }

  private:
    template <int... Slot>
    STRATA_HD void update(long long i, std::integer_sequence<int, Slot...>) const {
        (*rule)(gradient[i], parameter[i], all_slots[Slot * slot_size + i]...);
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
