#pragma once
/// element — what a value is made of.
#include <strata/base/host_device.hpp>

namespace strata::inline STRATA_ABI::core {

enum class element : int {
    number, ///< the model's own type, float or double
    int32   ///< std::int32_t: tokens, class numbers, positions; no gradient passes through it
};

/// Bytes of one, where the model's numbers have so many.
STRATA_HD constexpr int bytes_of(element e, int number_bytes) { return e == element::number ? number_bytes : 4; }

} // namespace strata::inline STRATA_ABI::core
