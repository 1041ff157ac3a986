#pragma once
/// grid_of — the numbers of blocks and threads for a number of items. Where there are more items than threads, a thread
/// makes further items, a grid's length apart.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

struct grid {
    int blocks = 0, threads = 0;
};

inline constexpr int threads_of_a_block = 128;
inline constexpr int most_blocks = 1 << 16;

constexpr grid grid_of(long long items) {
    const long long blocks = (items + threads_of_a_block - 1) / threads_of_a_block;
    return {static_cast<int>(blocks < most_blocks ? blocks : most_blocks), threads_of_a_block};
}

} // namespace strata::inline STRATA_ABI::on_cuda
