#pragma once
#include <strata/base/abi.hpp>

#include <cstdint>
#include <limits>

namespace strata::inline STRATA_ABI {

/// schedule_point — the state of `fit` before a step, as a schedule sees it.
struct schedule_point {
    double progress = 0;    ///< of the fit, from 0 towards 1: samples seen of all to be seen
    int epoch = 0;          ///< epochs finished
    int epochs = 1;         ///< epochs of the fit
    std::int64_t step = 0;  ///< steps taken in this fit
    std::int64_t steps = 1; ///< steps of the fit
    /// The mean loss of the epoch finished last: of the held-out data where fit has some, else of the training data;
    /// not a number during the first epoch.
    double loss = std::numeric_limits<double>::quiet_NaN();
};

} // namespace strata::inline STRATA_ABI
