#pragma once
/// tile_sizes — how a product is cut into register tiles: the cost model of the micro-kernel, in numbers that the
/// compiler knows. Two registers of b are multiplied into as many rows as the register file holds accumulators for.
/// From eight accumulators on, two multiply-adds a cycle of latency four are kept busy, so what matters is to leave no
/// thin tile at the end: rows are shared out evenly.
#include <strata/cpu/registers.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// Vector registers of the instruction set.
template <class Arch>
inline constexpr int register_count = is_avx512<Arch> || is_neon<Arch> ? 32 : 16;

/// Factors of a that are held at a time: one, but every row's of two steps of the sum on aarch64, where g++ places
/// loads long before their use. (Accumulators without a register would go to memory and back in the innermost loop.)
template <class Arch>
constexpr int factors_held(int rows) {
    return is_neon<Arch> ? 2 * rows : 1;
}

/// No tile is taller: sixteen accumulators and more are no faster.
inline constexpr int tallest_tile = 12;
/// Registers of b that a tile is wide: a panel of packed weights.
inline constexpr int tile_registers = 2;

/// The most rows of a tile `registers` wide: accumulators, b, and factors of a. Where b is one register wide, more than
/// eight gain nothing; a block of rows that was cut for two must do as well.
template <class Arch>
constexpr int most_tile_rows(int registers) {
    int rows = tallest_tile;
    while (rows * tile_registers + tile_registers + factors_held<Arch>(rows) > register_count<Arch>) --rows;
    return registers == 1 && rows < 8 ? 8 : rows;
}

/// How rows are cut: first `tall` tiles of height + 1, then `low` tiles of `height`.
struct tile_cut {
    unsigned char height = 0, tall = 0, low = 0;
};
constexpr tile_cut cut_rows(int rows, int most) {
    if (rows <= 0) return {};
    const int tiles = (rows + most - 1) / most, height = rows / tiles, tall = rows % tiles;
    return {static_cast<unsigned char>(height), static_cast<unsigned char>(tall),
            static_cast<unsigned char>(tiles - tall)};
}

/// Rows of a block of a, and numbers of a block of the sum: what is reused while it is in L1 and L2.
inline constexpr int block_rows = 96, longest_sum = 256;
/// The sum in equal blocks, but for what makes them whole panels.
constexpr int block_sums(int k, int panel) {
    const int blocks = (k + longest_sum - 1) / longest_sum;
    return blocks < 2 ? k : ((k + blocks - 1) / blocks + panel - 1) / panel * panel;
}

/// cut_rows for every number of rows that can be left in a block.
struct tile_cut_table {
    tile_cut of[block_rows + 1]{};
};
template <int Most>
inline constexpr tile_cut_table tile_cuts = [] {
    tile_cut_table table;
    for (int rows = 1; rows <= block_rows; ++rows) table.of[rows] = cut_rows(rows, Most);
    return table;
}();

} // namespace strata::inline STRATA_ABI::on_cpu
