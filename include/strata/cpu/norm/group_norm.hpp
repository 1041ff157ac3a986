#pragma once
/// Kernels of group_norm and its gradient to the input. A sample is rows of C channels, whose moments are those of
/// batch_norm's kernels (channel_moments: one walk through memory, in an order that depends on the extents alone);
/// those of a group's channels are joined in double.
#include <strata/cpu/norm/batch_norm.hpp>
#include <strata/operations/norm/group_norm.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::on_cpu {

/// Makes of each channel's mean and squares over `positions` numbers the mean of its group and 1 / sqrt(var + epsilon);
/// without the mean where the groups are not `centred`.
template <class T>
[[gnu::noinline]] void join_groups(T* statistics, int channels, int groups, std::ptrdiff_t positions, double epsilon,
                                   bool centred) noexcept {
    const int each = channels / groups;
    const double count = static_cast<double>(positions);
    for (int first = 0; first < channels; first += each) {
        double mean = 0, squares = 0;
        for (int c = first; c < first + each; ++c) mean += static_cast<double>(statistics[c]);
        mean = centred ? mean / each : 0;
        for (int c = first; c < first + each; ++c) {
            const double d = static_cast<double>(statistics[c]) - mean;
            squares += static_cast<double>(statistics[channels + c]) + count * d * d;
        }
        const double inverse = 1 / std::sqrt(squares / (count * each) + epsilon);
        for (int c = first; c < first + each; ++c)
            statistics[c] = static_cast<T>(mean), statistics[channels + c] = static_cast<T>(inverse);
    }
}

/// dx = dy · scale − (x − mean) · slope − middle
template <class T, class Arch>
[[gnu::noinline]] void group_input_gradients_of_rows(const channel_rows& rows, const T* x, const T* dy, T* dx,
                                                     const channel_table<4, T>& table) noexcept {
    map_rows<4, T, Arch>(rows, table, [&](std::ptrdiff_t at, int n, const auto& of) {
        const auto centred = load<T, Arch>(x + at, n) - of[0];
        const auto scaled = multiply_add<T, Arch>(load<T, Arch>(dy + at, n), of[1], of[3]);
        store<T, Arch>(dx + at, multiply_add<T, Arch>(centred, of[2], scaled), n);
    });
}
/// Of one sample; gamma may be null. `of_channels` has room for 2 numbers per channel.
template <class T, class Arch>
[[gnu::noinline]] void group_norm_input_gradients(const T* x, const T* dy, T* dx, std::ptrdiff_t positions,
                                                  int channels, int groups, const T* statistics, const T* sums,
                                                  const T* gamma, bool centred, T* of_channels, T* scratch) noexcept {
    using V = vec<T, Arch>;
    const int each = channels / groups;
    const double count = static_cast<double>(positions) * each;
    for (int first = 0; first < channels; first += each) {
        double middle = 0, slope = 0;
        for (int c = first; c < first + each; ++c) {
            const double scale = gamma != nullptr ? static_cast<double>(gamma[c]) : 1;
            middle += scale * static_cast<double>(sums[c]), slope += scale * static_cast<double>(sums[channels + c]);
        }
        const auto inverse = static_cast<double>(statistics[channels + first]);
        for (int c = first; c < first + each; ++c) {
            of_channels[c] = static_cast<T>(-inverse * inverse * slope / count);
            of_channels[channels + c] = centred ? static_cast<T>(-inverse * middle / count) : T(0);
        }
    }
    each_channel_rows<T, Arch>(positions, channels, [&](const channel_rows& part) {
        channel_table<4, T> table(scratch);
        table.template fill<Arch>(part, [&](std::ptrdiff_t c, int n) {
            const V inverse = load<T, Arch>(statistics + channels + c, n);
            return std::array{load<T, Arch>(statistics + c, n),
                              gamma != nullptr ? load<T, Arch>(gamma + c, n) * inverse : inverse,
                              load<T, Arch>(of_channels + c, n), load<T, Arch>(of_channels + channels + c, n)};
        });
        group_input_gradients_of_rows<T, Arch>(part, x + part.at(), dy + part.at(), dx + part.at(), table);
    });
}

template <key K, class F, class T, class Arch>
struct kernel<operations::group_norm::kind, K, F, T, Arch> {
    static constexpr int scratch = scratch_of_moments<T>;
    static_assert(scratch >= channel_table<3, T>::scratch);
    static void run(const call<T>& c) noexcept {
        constexpr int C = K.x.d0, positions = positions_of(K.x), y = K.bias ? 3 : 1;
        constexpr std::ptrdiff_t size = K.x.size();
        for (std::ptrdiff_t n = c.first; n < c.last; ++n) {
            const T* const x = c.at[0] + n * size;
            T* const statistics = c.at[y + 1] + n * 2 * C;
            channel_moments<T, Arch>(x, positions, C, statistics, statistics + C, c.scratch);
            join_groups(statistics, C, K.groups, positions, static_cast<double>(K.real), !K.scale_only);
            batch_norm_values<T, Arch>(x, c.at[y] + n * size, positions, C, statistics, K.bias ? c.at[1] : nullptr,
                                       K.bias ? c.at[2] : nullptr, c.scratch);
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::group_norm_sums::kind, K, F, T, Arch> {
    static constexpr int scratch = channel_table<3, T>::scratch;
    static void run(const call<T>& c) noexcept {
        constexpr int C = K.x.d0;
        constexpr std::ptrdiff_t size = K.x.size();
        for (std::ptrdiff_t n = c.first; n < c.last; ++n)
            batch_norm_gradient_sums<T, Arch>(c.at[0] + n * size, c.at[2] + n * size, positions_of(K.x), C,
                                              c.at[1] + n * 2 * C, c.at[3] + n * 2 * C, c.scratch);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::group_norm_input_gradient::kind, K, F, T, Arch> {
    static constexpr int scratch = channel_table<4, T>::scratch + 2 * K.x.d0;
    static void run(const call<T>& c) noexcept {
        constexpr int C = K.x.d0;
        constexpr std::ptrdiff_t size = K.x.size();
        for (std::ptrdiff_t n = c.first; n < c.last; ++n)
            group_norm_input_gradients<T, Arch>(c.at[0] + n * size, c.at[2] + n * size, c.at[K.bias ? 5 : 4] + n * size,
                                                positions_of(K.x), C, K.groups, c.at[1] + n * 2 * C,
                                                c.at[3] + n * 2 * C, K.bias ? c.at[4] : nullptr, !K.scale_only,
                                                c.scratch + channel_table<4, T>::scratch, c.scratch);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
