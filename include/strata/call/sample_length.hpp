#pragma once
/// sample_length — how many positions a padded sample has: those up to its last token that is no padding. Padding in
/// between is a token like any other.
#include <strata/base/host_device.hpp>

#include <cstdint>

namespace strata::inline STRATA_ABI::core {

STRATA_HD constexpr long long sample_length(const std::int32_t* tokens, long long positions, std::int32_t padding) {
    while (positions > 0 && tokens[positions - 1] == padding) --positions;
    return positions;
}

} // namespace strata::inline STRATA_ABI::core
