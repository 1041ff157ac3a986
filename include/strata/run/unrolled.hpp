#pragma once
/// run_unrolled<Plan, Policy> — a plan's steps as straight-line code: each kernel is named, not looked up, and the
/// compiler knows the operands' offsets in their blocks. It serves networks so small that the walk over a table of
/// steps would take as long as they do (plan::unrolled). Tasks are those of the walk on one thread, so the bits are the
/// same.
#include <strata/run/executor.hpp>
#include <strata/run/kernel_table.hpp>

#include <utility>

namespace strata::inline STRATA_ABI::core {

namespace parts {

template <class Plan, int Step, class T, int... Operands>
[[gnu::always_inline]] inline call<T> unrolled_call(const frame<T>& f,
                                                    std::integer_sequence<int, Operands...>) noexcept {
    constexpr const step& s = Plan::data.steps[Step];
    call<T> c = work_of(s, f);
    int in_order[] = {(c.at[Operands] = f.address(s.at[Operands]), 0)..., 0};
    (void)in_order;
    return c;
}

template <class Plan, class Policy, class T, int... Steps>
[[gnu::always_inline]] inline void run_unrolled(const frame<T>& f, std::integer_sequence<int, Steps...>) noexcept {
    static_assert(sizeof(made_for_numbers<Plan, T>) > 0);
    int in_order[] = {
        (kernel_of_row<Plan, Policy, T, Plan::data.steps[Steps].kernel>::type::run(unrolled_call<Plan, Steps>(
             f, std::make_integer_sequence<int, Plan::data.steps[Steps].inputs + Plan::data.steps[Steps].outputs>{})),
         0)...,
        0};
    (void)in_order;
}

} // namespace parts

template <class Plan, class Policy, class T>
[[gnu::always_inline]] inline void run_unrolled(const frame<T>& f) noexcept {
    parts::run_unrolled<Plan, Policy>(f, std::make_integer_sequence<int, Plan::steps>{});
}

} // namespace strata::inline STRATA_ABI::core
