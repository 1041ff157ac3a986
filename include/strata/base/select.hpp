#pragma once
/// select(condition, a, b) — a where the condition holds, else b: for scalars here, for vector registers through their
/// own library's overload. Functions written with it run on both.
#include <strata/base/host_device.hpp>

namespace strata::inline STRATA_ABI {

STRATA_ANY_CALLER
template <class T>
STRATA_HD constexpr T select(bool condition, T a, T b) {
    return condition ? a : b;
}

} // namespace strata::inline STRATA_ABI
