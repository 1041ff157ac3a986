#pragma once
/// select(condition, a, b) — a where the condition holds, else b: for scalars and for vector registers.
/// The overload for registers is that of their library. Functions written with select run on both.
#include <strata/base/host_device.hpp>

namespace strata::inline STRATA_ABI {

STRATA_ANY_CALLER
template <class T>
STRATA_HD constexpr T select(bool condition, T a, T b) {
    return condition ? a : b;
}

} // namespace strata::inline STRATA_ABI
