#pragma once
/// padded_to(n, lanes) — n rounded up to a multiple of `lanes`.
#include <strata/base/host_device.hpp>

namespace strata::inline STRATA_ABI::core {

STRATA_HD constexpr int padded_to(int n, int lanes) { return (n + lanes - 1) / lanes * lanes; }
STRATA_HD constexpr long long padded_to(long long n, int lanes) { return (n + lanes - 1) / lanes * lanes; }

/// Every value starts at a multiple of this many elements: 64 bytes of float, 128 of double.
inline constexpr int alignment_elements = 16;

} // namespace strata::inline STRATA_ABI::core
