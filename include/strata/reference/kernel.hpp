#pragma once
/// kernel<Kind, K, F, T> — the `reference` policy's code for one operation: key K, elementwise function F, element T.
/// It is the operation's definition, item by item, or a specialisation in this folder: scalar loops over conventional
/// layouts (images [C, H, W], weights as in PyTorch), every sum in double, rounded once when it is stored. A kind with
/// neither is a compile error.
#include <strata/call/definition.hpp>
#include <strata/plan/weights/weight_layout.hpp>
#include <strata/run/function_at.hpp>

namespace strata::inline STRATA_ABI::on_reference {

template <op Kind, key K, class F, class T>
struct kernel;
template <op Kind, key K, class F, class T>
    requires is_definition<operations::definition<Kind, K, F>>
struct kernel<Kind, K, F, T> : by_definition<operations::definition<Kind, K, F>, double, T> {};

} // namespace strata::inline STRATA_ABI::on_reference
