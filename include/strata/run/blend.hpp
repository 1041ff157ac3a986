#pragma once
/// blend — what training does to whole blocks of numbers besides the optimiser's step, as a function of one element
/// for a machine's `for_elements`:
///   to[i] = keep · to[i] + take · from[i], kept in [−bound, bound]; a factor of 0 leaves its number unread,
///       not-a-number stays.
/// One function for averaging, scaling and clipping, so that a training program compiles one loop.
#include <strata/base/host_device.hpp>

#include <limits>

namespace strata::inline STRATA_ABI::detail {

template <class T>
struct blend {
    T keep, take;
    const T* from;
    T* to;
    T bound = std::numeric_limits<T>::infinity();

    STRATA_HD void operator()(long long i) const {
        const T x = (keep == T(0) ? T(0) : keep * to[i]) + (take == T(0) ? T(0) : take * from[i]);
        to[i] = x > bound ? bound : x < -bound ? -bound : x;
    }
};

} // namespace strata::inline STRATA_ABI::detail
