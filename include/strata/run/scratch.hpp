#pragma once
/// scratch_of<Plan, Policy, T> — how many numbers of memory a thread needs to run a plan's kernels, beside their
/// operands: the most that one of them says in its member `scratch`. So kernels need little stack, and no memory of
/// their own.
#include <strata/run/kernel_table.hpp>

namespace strata::inline STRATA_ABI::core {

namespace parts {

template <class Kernel>
constexpr long long scratch_of_kernel() {
    if constexpr (requires { Kernel::scratch; }) return padded_to(Kernel::scratch, alignment_elements);
    else return 0;
}
template <class Plan, class Policy, class T, int... Index>
constexpr long long most_scratch(std::integer_sequence<int, Index...>) {
    const long long each[] = {scratch_of_kernel<typename kernel_of_row<Plan, Policy, T, Index>::type>()..., 0};
    long long most = 0;
    for (const long long one : each) most = one > most ? one : most;
    return most;
}

} // namespace parts

template <class Plan, class Policy, class T>
inline constexpr long long scratch_of =
    parts::most_scratch<Plan, Policy, T>(std::make_integer_sequence<int, Plan::keys>{});

} // namespace strata::inline STRATA_ABI::core
