#pragma once
/// kernel<Kind, K, F, T, Arch> — the `cpu` policy's code for one operation: key K, elementwise function F, element T,
/// instruction set Arch. A kind without a kernel is a compile error, never a silent fallback: an operation's
/// definition is a kernel of this policy only if it says so itself.
/// The instruction set is a template argument, so that translation units compiled with different -march do not mix.
#include <strata/call/definition.hpp>
#include <strata/call/views.hpp>
#include <strata/cpu/math.hpp>
#include <strata/cpu/registers.hpp>
#include <strata/plan/weights/weight_layout.hpp>
#include <strata/run/function_at.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

template <op Kind, key K, class F, class T, class Arch>
struct kernel;
template <op Kind, key K, class F, class T, class Arch>
    requires is_definition_for_cpu<operations::definition<Kind, K, F>>
struct kernel<Kind, K, F, T, Arch> : by_definition<operations::definition<Kind, K, F>, T, T> {};

} // namespace strata::inline STRATA_ABI::on_cpu
