#pragma once
/// What a trainer does to whole blocks of numbers besides the optimiser's step: functions of one element, for a machine's
/// `for_elements`, which gives each element a thread or a part of the block.
#include <strata/base/host_device.hpp>

namespace strata::inline v0_1::detail {

/// to += weight · from, or to = weight · from
template <class T>
struct add_weighted {
    T weight;
    bool first;
    const T* from;
    T* to;
    STRATA_HD void operator()(long long i) const { to[i] = (first ? T(0) : to[i]) + weight * from[i]; }
};

/// x *= factor
template <class T>
struct scale_by {
    T factor;
    T* x;
    STRATA_HD void operator()(long long i) const { x[i] *= factor; }
};

/// x is kept in [−bound, bound]; not-a-number stays
template <class T>
struct clamp_to {
    T bound;
    T* x;
    STRATA_HD void operator()(long long i) const { x[i] = x[i] > bound ? bound : x[i] < -bound ? -bound : x[i]; }
};

/// average = decay · average + (1 − decay) · x
template <class T>
struct average_in {
    T decay;
    const T* x;
    T* average;
    STRATA_HD void operator()(long long i) const { average[i] = decay * average[i] + (T(1) - decay) * x[i]; }
};

} // namespace strata::inline v0_1::detail
