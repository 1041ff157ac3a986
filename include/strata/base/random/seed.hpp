#pragma once
#include <strata/base/abi.hpp>

#include <cstdint>

namespace strata::inline STRATA_ABI {

/// seed — the seed of a model, a split or a shuffle: strata::seed{1}
/// Same seed, same binary, same bits.
struct seed {
    std::uint64_t value = 0;
};

} // namespace strata::inline STRATA_ABI
