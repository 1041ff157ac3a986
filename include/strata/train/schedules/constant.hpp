#pragma once

#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI {

/// constant — the rate as given, the default:  {.schedule = strata::constant}
inline double constant(double /*progress*/) { return 1; }

} // namespace strata::inline STRATA_ABI
