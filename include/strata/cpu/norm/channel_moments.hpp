#pragma once
/// channel_moments — the mean of each channel over rows, and the sum of its squared deviations from it, in one walk
/// through memory. Deviations are measured from the mean of the rows before; those of the first block from that block's
/// own mean, taken while it is in L1. So their squares are not those of large numbers with a small spread. The
/// correction of the squares of m numbers after k others is at most m / (k + m) of them. No guess of the mean is
/// needed, which a first row far from the others would spoil.
#include <strata/cpu/norm/channel_rows.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

/// Joins moments of `more` numbers a channel to those of `count`:
///     d = mean' − mean,  mean += d · more / (count + more),  squares += squares' + d² · count · more / (count + more)
/// Source: Chan, Golub & LeVeque 1983
struct joint_moments {
    double share, weight;
    joint_moments(double count, double more) : share(more / (count + more)), weight(count * share) {}

    /// V: a number, or a register of them.
    template <class T, class V>
    [[gnu::always_inline]] inline void join(V& mean, V& squares, const V& more_mean, const V& more_squares) const {
        const V d = more_mean - mean;
        mean += d * V(static_cast<T>(share));
        squares += more_squares + d * d * V(static_cast<T>(weight));
    }
};

/// Means, what their last place leaves over, and squares of a row's numbers, whose channels may come several times.
template <class T>
struct row_moments {
    T *mean, *rest, *squares;
};
template <class T, class Arch>
[[gnu::noinline]] void moments_of_rows(const channel_rows& rows, const T* x, const row_moments<T>& to) noexcept {
    using V = vec<T, Arch>;
    constexpr int lanes = lanes_of<T, Arch>;
    const std::ptrdiff_t block = rows.template block<T>(16 << 10, 16);
    for (std::ptrdiff_t first = 0; first < rows.count; first += block) {
        const std::ptrdiff_t count = first + block < rows.count ? block : rows.count - first;
        const T* const begin = x + first * rows.stride;
        const joint_moments joint(static_cast<double>(first), static_cast<double>(count));
        const V each(T(1) / static_cast<T>(count)), zero(T(0));
        each_strip<T, Arch>(rows.width, [&](auto strip, int i, int n) {
            constexpr int R = decltype(strip)::count;
            const int whole = R > 1 ? lanes : n;
            const auto at = [&](std::ptrdiff_t r, int v) {
                return load<T, Arch>(begin + r * rows.stride + i + v * lanes, whole);
            };
            V means[unsigned(R)][1], sums[unsigned(R)][2];
            if (first == 0) sum_columns(count, means, [&](std::ptrdiff_t r, int v, V(&sum)[1]) { sum[0] += at(r, v); });
#pragma GCC unroll 4
            for (int v = 0; v < R; ++v)
                means[v][0] = first == 0 ? means[v][0] * each : load<T, Arch>(to.mean + i + v * lanes, whole);
            sum_columns(count, sums, [&](std::ptrdiff_t r, int v, V(&sum)[2]) {
                const V d = at(r, v) - means[v][0];
                sum[0] += d;
                sum[1] = multiply_add<T, Arch>(d, d, sum[1]);
            });
#pragma GCC unroll 4
            for (int v = 0; v < R; ++v) {
                const int c = i + v * lanes;
                V rest = zero, squares = zero;
                if (first > 0) rest = load<T, Arch>(to.rest + c, whole), squares = load<T, Arch>(to.squares + c, whole);
                // equal numbers have no deviations but their mean's rounding, which may leave less than nothing
                const V moved = sums[v][0] * each, about_it = at_least<T, Arch>(sums[v][1] - moved * sums[v][0], zero);
                joint.join<T>(rest, squares, moved, about_it);
                const V mean = means[v][0] + rest;
                store<T, Arch>(to.mean + c, mean, whole);
                store<T, Arch>(to.rest + c, rest - (mean - means[v][0]), whole);
                store<T, Arch>(to.squares + c, squares, whole);
            }
        });
    }
}

/// Numbers of scratch of channel_moments: of T a row's moments, of double those of joined rows. Where rows are joined,
/// a row has its channels twice at least.
template <class T>
inline constexpr int scratch_of_moments = 3 * widest_rows + widest_rows * static_cast<int>(sizeof(double) / sizeof(T));

template <class T, class Arch>
[[gnu::noinline]] void channel_moments(const T* x, std::ptrdiff_t rows, int channels, T* means, T* squares,
                                       T* scratch) noexcept {
    T *const rest = scratch, *const mean = rest + widest_rows, *const deviations = mean + widest_rows;
    auto* const joined_means = reinterpret_cast<double*>(deviations + widest_rows);
    double* const joined[] = {joined_means, joined_means + widest_rows / 2};
    each_channel_rows<T, Arch>(rows, channels, [&](const channel_rows& part) {
        if (part.before == 0 && part.width == part.channels)
            return moments_of_rows<T, Arch>(part, x + part.at(), {means + part.channel, rest, squares + part.channel});
        moments_of_rows<T, Arch>(part, x + part.at(), {mean, rest, deviations});
        if (part.before == 0)
            for (int c = 0; c < channels; ++c) joined[0][c] = joined[1][c] = 0;
        for (int i = 0; i < part.width; i += channels) {
            const joint_moments joint(static_cast<double>(part.before + i / channels * part.count),
                                      static_cast<double>(part.count));
            for (int c = 0; c < channels; ++c)
                joint.join<double>(joined[0][c], joined[1][c],
                                   static_cast<double>(mean[i + c]) + static_cast<double>(rest[i + c]),
                                   static_cast<double>(deviations[i + c]));
        }
        for (int c = 0; c < channels; ++c)
            means[c] = static_cast<T>(joined[0][c]), squares[c] = static_cast<T>(joined[1][c]);
    });
}

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
