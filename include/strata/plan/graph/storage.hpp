#pragma once
/// storage — where a value is stored. The last three are classes of the arena: bytes = fixed + batch · per_sample +
/// chunks · partial.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::core {

enum class storage : int {
    input,      ///< the caller's samples, conventional layout
    target,     ///< the caller's targets
    output,     ///< the caller's results, conventional layout
    parameter,  ///< trainable, saved
    gradient,   ///< one for each trainable parameter, same place in its own block
    buffer,     ///< saved, not trained: running statistics
    state,      ///< carried between calls of one stream
    fixed,      ///< does not scale with the batch
    per_sample, ///< scales with the batch
    partial     ///< scales with the number of chunks of the batch
};

} // namespace strata::inline STRATA_ABI::core
