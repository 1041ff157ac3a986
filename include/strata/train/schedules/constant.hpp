#pragma once

namespace strata::inline v0_1 {

/// constant — the rate as given:  `{.schedule = strata::constant}`, the default.
inline double constant(double /*progress*/) { return 1; }

} // namespace strata::inline v0_1
