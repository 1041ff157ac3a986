#pragma once
/// channel_rows — consecutive rows of a few or many channels (pixels of a channels-last image, or flat samples), cut so
/// that kernels walk through memory once and in whole registers. Extents are run-time numbers, so that all layers of a
/// program share one function for each kernel.
#include <strata/cpu/registers.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

/// Widest row handled at once, so that scratch stays in L1.
inline constexpr int widest_rows = 1024;

/// Rows that are processed together. Where a row of C channels ends within a register, several are treated as one
/// longer row, in which the channels repeat after every C numbers.
struct channel_rows {
    std::ptrdiff_t before; ///< rows of the same channels that lie before these
    std::ptrdiff_t count, stride;
    int channel;  ///< of a row's first number
    int channels; ///< numbers after which channels come again
    int width;    ///< numbers of a row: one or several times `channels`

    /// Where the first row begins.
    [[nodiscard]] std::ptrdiff_t at() const { return before * (stride / (width / channels)) + channel; }
    /// The number of rows that fit into a number of bytes, but not below a minimum.
    template <class T>
    [[nodiscard]] std::ptrdiff_t block(int bytes, std::ptrdiff_t least) const {
        const std::ptrdiff_t rows = bytes / (width * static_cast<std::ptrdiff_t>(sizeof(T)));
        return rows < least ? least : rows;
    }
};

/// (std::gcd would bring <numeric> into every program.)
constexpr int greatest_common_divisor(int a, int b) { return b == 0 ? a : greatest_common_divisor(b, a % b); }

/// Calls body(channel_rows) until all rows of all channels were walked through.
template <class T, class Arch, class Body>
inline void each_channel_rows(std::ptrdiff_t rows, int channels, Body&& body) {
    std::ptrdiff_t joined = 0;
    for (const int numbers : {4 * lanes_of<T, Arch>, lanes_of<T, Arch>}) { // whole strips; else whole registers
        const int together = numbers / greatest_common_divisor(channels, numbers);
        if (joined > 0 || together == 1 || together * channels > widest_rows || rows < 8 * together) continue;
        joined = rows / together * together;
        body(channel_rows{0, rows / together, std::ptrdiff_t(together) * channels, 0, channels, together * channels});
    }
    if (joined == rows) return;
    for (int c = 0; c < channels; c += widest_rows) {
        const int width = channels - c < widest_rows ? channels - c : widest_rows;
        body(channel_rows{joined, rows - joined, channels, c, width, width});
    }
}

/// A number known to the compiler: how many registers a strip has.
template <int N>
struct registers {
    static constexpr int count = N;
};
/// Calls strip(registers<R>, i, n) for all strips of R registers of a row: four, then single ones. The last may have n
/// < lanes numbers.
template <class T, class Arch, class Strip>
[[gnu::always_inline]] inline void each_strip(int width, Strip&& strip) {
    constexpr int lanes = lanes_of<T, Arch>;
    int i = 0;
    for (; i + 4 * lanes <= width; i += 4 * lanes) strip(registers<4>{}, i, lanes);
    for (; i + lanes <= width; i += lanes) strip(registers<1>{}, i, lanes);
    if (i < width) strip(registers<1>{}, i, width - i);
}

/// sum[v][s] = S sums over the rows of each of R registers: add(row, v, sums) adds one row's terms to those of register
/// v. Eight registers of sums alternate, over several rows where a strip has few, so that no addition waits for the one
/// before it.
template <unsigned Registers, unsigned Sums, class V, class Add>
[[gnu::always_inline]] inline void sum_columns(std::ptrdiff_t rows, V (&sum)[Registers][Sums], Add&& add) {
    constexpr int R = Registers, S = Sums;
    constexpr int ahead = 8 / (R * S);
    V part[unsigned(ahead)][Registers][Sums];
#pragma GCC unroll 8
    for (int u = 0; u < ahead; ++u)
#pragma GCC unroll 4
        for (int v = 0; v < R; ++v)
#pragma GCC unroll 2
            for (int s = 0; s < S; ++s) part[u][v][s] = V(0);
    std::ptrdiff_t r = 0;
    for (; r + ahead <= rows; r += ahead)
#pragma GCC unroll 8
        for (int u = 0; u < ahead; ++u)
#pragma GCC unroll 4
            for (int v = 0; v < R; ++v) add(r + u, v, part[u][v]);
    for (; r < rows; ++r)
#pragma GCC unroll 4
        for (int v = 0; v < R; ++v) add(r, v, part[0][v]);
#pragma GCC unroll 8
    for (int u = 0; u < ahead; ++u)
#pragma GCC unroll 4
        for (int v = 0; v < R; ++v)
#pragma GCC unroll 2
            for (int s = 0; s < S; ++s) sum[v][s] = u == 0 ? part[u][v][s] : sum[v][s] + part[u][v][s];
}

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
