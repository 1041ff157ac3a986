#pragma once
/// kernel<Kind, K, F, T, Arch> — the `cpu` policy's code for one operation: key K, elementwise function F, element T,
/// instruction set Arch. A kind without a kernel is a compile error, never a silent fallback.
/// The instruction set is a template argument, so that translation units compiled with different -march do not mix.
#include <strata/cpu/registers.hpp>
#include <strata/plan/weight_layout.hpp>
#include <strata/run/call.hpp>
#include <strata/run/function_at.hpp>

namespace strata::inline v0_1::on_cpu {

template <op Kind, key K, class F, class T, class Arch>
struct kernel;

/// Elements of one pixel row times columns: an image's positions, 1 for flat values.
constexpr int positions_of(const shape& s) { return s.rank == 3 ? s.d1 * s.d2 : 1; }

} // namespace strata::inline v0_1::on_cpu
