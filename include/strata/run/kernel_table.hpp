#pragma once
/// kernel_table<Plan, Policy, T> — a function pointer per distinct operation of a plan: repeated blocks cost nothing
/// more.
#include <strata/plan/plan.hpp>
#include <strata/run/function_at.hpp>
#include <strata/run/missing_kernel.hpp>

#include <utility>

namespace strata::inline STRATA_ABI::core {

namespace parts {

/// The plan's offsets are bytes, so it must have been made for numbers of this size.
template <class Plan, class T>
struct made_for_numbers {
    static_assert(Plan::wanted.target.number_bytes == static_cast<int>(sizeof(T)),
                  "strata: the plan was made for numbers of another size. A policy's numbers<T>() gives "
                  ".number_bytes = sizeof(T).");
};

/// The key a kernel is made for: which function is a type by now, so that its number must not tell kernels apart.
constexpr key kernel_key(key k) {
    if (k.function > 0) k.function = 0;
    return k;
}

/// How a policy's machine calls a kernel.
template <class Policy, class T>
using function_of = typename Policy::machine::template function<T>;

/// The kernel of a plan's I-th key.
template <class Plan, class Policy, class T, int Index>
struct kernel_of_row {
    static constexpr key k = key_chunk_of<Plan, Index / 32>.keys[Index % 32];
    static constexpr int function = k.function;
    using type =
        typename kernel_or_error<Policy, Plan, Index,
                                 typename Policy::template kernel<kernel_key(k), function_at<Plan, function>, T>>::type;
};
template <class Plan, class Policy, class T, int Index>
constexpr function_of<Policy, T> kernel_row() {
    return &kernel_of_row<Plan, Policy, T, Index>::type::run;
}
template <class Function, int Rows>
struct kernel_rows {
    Function rows[unsigned(Rows > 0 ? Rows : 1)];
};
template <class Plan, class Policy, class T, int... Index>
constexpr kernel_rows<function_of<Policy, T>, static_cast<int>(sizeof...(Index))>
make_kernel_rows(std::integer_sequence<int, Index...>) {
    static_assert(sizeof(made_for_numbers<Plan, T>) > 0);
    return {{kernel_row<Plan, Policy, T, Index>()...}};
}

} // namespace parts

template <class Plan, class Policy, class T>
inline constexpr auto kernel_table =
    parts::make_kernel_rows<Plan, Policy, T>(std::make_integer_sequence<int, Plan::keys>{});

} // namespace strata::inline STRATA_ABI::core
