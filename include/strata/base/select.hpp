#pragma once
/// select(condition, a, b) — a where the condition holds, else b: of numbers and of vector registers. The overload for
/// registers is the one beside their type. Functions written with select run on both, whether it is called as select or
/// as strata::select.
#include <strata/base/host_device.hpp>

#include <type_traits>

namespace strata::inline STRATA_ABI {

namespace detail::of_registers {
void select(); // hides strata::select here: the overload is found by the arguments alone
STRATA_ANY_CALLER
template <class Condition, class A, class B>
STRATA_HD constexpr auto call(const Condition& condition, const A& a, const B& b) {
    return select(condition, a, b);
}
} // namespace detail::of_registers

STRATA_ANY_CALLER
template <class A, class B>
STRATA_HD constexpr auto select(bool condition, A a, B b) {
    return condition ? a : b;
}
STRATA_ANY_CALLER
template <class Condition, class A, class B>
    requires(!std::is_arithmetic_v<Condition>)
STRATA_HD constexpr auto select(const Condition& condition, const A& a, const B& b) {
    return detail::of_registers::call(condition, a, b);
}

} // namespace strata::inline STRATA_ABI
