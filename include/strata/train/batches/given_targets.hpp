#pragma once
/// given_targets — the targets of a batch as they were given: numbers, some of which the loss may ignore, or class
/// numbers, where one that is negative is ignored.
#include <strata/train/batches/ignored_targets.hpp>

#include <cstdint>

namespace strata::inline STRATA_ABI::detail {

template <class T>
struct given_targets {
    const T* numbers = nullptr;
    const std::int32_t* classes = nullptr;
    ignored_targets ignored{}; ///< of the numbers
};

} // namespace strata::inline STRATA_ABI::detail
