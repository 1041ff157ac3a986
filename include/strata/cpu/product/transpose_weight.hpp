#pragma once
/// Kernel of transpose_weight: rows of the result are filters, their columns what a filter meets of the image; or
/// flipped filters.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/product/transpose.hpp>
#include <strata/operations/product/transpose_weight.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// Filters [first, last) of one group, of `rows` numbers each.
template <class T, class Arch>
[[gnu::noinline]] void transpose_panels(const T* w, T* to, int first, int last, int rows, int filters) noexcept {
    constexpr int lanes = lanes_of<T, Arch>;
    const std::ptrdiff_t to_row = transposed_row(rows, lanes);
    for (int f = first; f < last;) {
        const int panel = f - f % (2 * lanes), width = panel_width(panel, filters, lanes);
        const int end = panel + width < last ? panel + width : last;
        transpose<T, Arch>(w + std::ptrdiff_t(panel) * rows + f - panel, width, to + (f - first) * to_row, to_row, rows,
                           end - f);
        f = end;
    }
    for (int f = 0; f < last - first; ++f)
        for (std::ptrdiff_t i = rows; i < to_row; ++i) to[f * to_row + i] = T(0);
}

/// Filters [first, last), flipped: panels [taps·C, F] to panels [taps·F, C], a tap and a panel of each at a time.
template <class T, class Arch>
[[gnu::noinline]] void flip_panels(const T* w, T* to, int first, int last, int taps, int channels,
                                   int filters) noexcept {
    constexpr int lanes = lanes_of<T, Arch>, panel = 2 * lanes;
    for (int c = 0; c < channels; c += panel) {
        const int to_width = panel_width(c, channels, lanes), count = channels - c < panel ? channels - c : panel;
        T* const to_panel = to + std::ptrdiff_t(c) * taps * filters;
        for (int f = first; f < last;) {
            const int begin = f - f % panel, width = panel_width(begin, filters, lanes);
            const int end = begin + width < last ? begin + width : last;
            const T* const from = w + std::ptrdiff_t(begin) * taps * channels + f - begin;
            for (int tap = 0; tap < taps; ++tap) {
                T* const rows = to_panel + (std::ptrdiff_t(taps - 1 - tap) * filters + f) * to_width;
                transpose<T, Arch>(from + (std::ptrdiff_t(tap) * channels + c) * width, width, rows, to_width, count,
                                   end - f);
                for (int row = 0; row < end - f; ++row)
                    for (int i = count; i < to_width; ++i) rows[row * to_width + i] = T(0);
            }
            f = end;
        }
    }
}

template <key K, class F, class T, class Arch>
struct kernel<operations::transpose_weight::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        if constexpr (K.flipped)
            flip_panels<T, Arch>(c.at[0], c.at[1], c.first, c.last, K.x.d2 * K.x.d3, K.x.d1, K.x.d0);
        else transpose_filters(c);
    }

  private:
    static void transpose_filters(const call<T>& c) noexcept {
        constexpr int filters = K.x.d0 / K.groups, rows = K.x.d1 * K.x.d2 * K.x.d3;
        constexpr std::ptrdiff_t group_size = std::ptrdiff_t(rows) * padded_to(filters, K.lanes);
        for (int f = c.first; f < c.last;) {
            const int group = f / filters, first = group * filters,
                      end = first + filters < c.last ? first + filters : c.last;
            transpose_panels<T, Arch>(c.at[0] + group * group_size,
                                      c.at[1] + std::ptrdiff_t(f) * transposed_row(rows, K.lanes), f - first,
                                      end - first, rows, filters);
            f = end;
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
