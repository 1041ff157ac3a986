#pragma once
#include <strata/base/random/philox.hpp>

namespace strata::inline STRATA_ABI {

/// The Philox key of the numbers that parameter or random layer `ordinal` draws. The golden ratio spreads the ordinals
/// over the key; it is odd, so no two of them meet.
STRATA_HD constexpr philox::key_type random_key(std::uint64_t seed, int ordinal) {
    return {{static_cast<std::uint32_t>(seed),
             static_cast<std::uint32_t>(seed >> 32) ^ static_cast<std::uint32_t>(ordinal) * 0x9E3779B9u}};
}

} // namespace strata::inline STRATA_ABI
