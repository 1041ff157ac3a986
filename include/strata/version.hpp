#pragma once
/// The library's version. The inline namespace `strata::v0_1` carries it, so that two versions linked into one
/// program do not mix silently.
#define STRATA_VERSION_MAJOR 0
#define STRATA_VERSION_MINOR 1
#define STRATA_VERSION_PATCH 0

#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI {

struct version_number {
    int major_part, minor_part, patch_part;
};
inline constexpr version_number version{STRATA_VERSION_MAJOR, STRATA_VERSION_MINOR, STRATA_VERSION_PATCH};

} // namespace strata::inline STRATA_ABI
