#pragma once
/// kernel<Kind, K, F, T> — the `reference` policy's code for one operation: key K, elementwise function F,
/// element T. It is the operation's definition: scalar loops over conventional layouts (images [C, H, W],
/// weights as in PyTorch), every sum in double, rounded once when it is stored. A kind without a kernel is a
/// compile error.
#include <strata/call/call.hpp>
#include <strata/plan/weight_layout.hpp>
#include <strata/run/function_at.hpp>

namespace strata::inline STRATA_ABI::on_reference {

template <op Kind, key K, class F, class T>
struct kernel;

} // namespace strata::inline STRATA_ABI::on_reference
