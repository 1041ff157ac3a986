#pragma once
/// Schedules of the learning rate: a factor of the optimiser's rate as a function of the progress of `fit`, 0 … 1. A plain
/// function; `fit` takes any: {.schedule = strata::cosine}.
#include <cmath>

namespace strata::inline v0_1 {

using schedule_function = double (*)(double progress);

/// The rate as given.
inline double constant(double) { return 1; }

/// From the rate down to nothing along half a cosine.   Source: Loshchilov & Hutter 2017, without restarts
inline double cosine(double progress) { return 0.5 * (1 + std::cos(3.14159265358979323846 * progress)); }

} // namespace strata::inline v0_1
