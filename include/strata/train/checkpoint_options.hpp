#pragma once
#include <cstdint>
#include <string>

namespace strata::inline v0_1 {

/// Where and how often `fit` writes checkpoints.
struct checkpoint_options {
    std::string folder{};         ///< made if it is not there; empty: no checkpoints
    int every_epochs = 1;         ///< after so many epochs; 0: not for their sake
    std::int64_t every_steps = 0; ///< and within an epoch after so many steps; 0: not for their sake
    int keep = 3;                 ///< the newest that stay
    bool resume = false;          ///< go on from the newest in the folder, if there is one
};

} // namespace strata::inline v0_1
