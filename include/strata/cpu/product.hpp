#pragma once
/// product — a whole matrix product, cut into register tiles:
///   c[m, n] (+)= start[n] + sum_{r,k} a[m, r, k] · b[r, k, n],   then at least `floor`
/// b and c may lie in panels (see plan/weight_layout.hpp).
#include <strata/cpu/tile.hpp>
#include <strata/cpu/tile_sizes.hpp>
#include <strata/plan/weight_layout.hpp>

#include <utility>

namespace strata::inline v0_1::on_cpu {

/// A matrix of rows of n elements: plain rows `stride` apart, or packed in panels of `panel_rows` rows. Packed rows are
/// whole registers; where plain rows end within one, nothing behind their end is touched, unless they are `open`: then what
/// lies there may be read, and, of c, will be written later.
template <class T>
struct packed_rows {
    T* data = nullptr;
    std::ptrdiff_t stride = 0;
    std::ptrdiff_t panel_rows = 0; ///< 0: plain
    std::ptrdiff_t first = 0;      ///< the row at which the product begins
    bool open = false;

    /// The stride of the panel that begins at column n0 of n, and its first element.
    [[nodiscard]] std::ptrdiff_t step(int n0, int n, int lanes) const {
        return panel_rows == 0 ? stride : panel_width(n0, n, lanes);
    }
    [[nodiscard]] T* begin(int n0, std::ptrdiff_t step) const {
        return data + (panel_rows == 0 ? n0 : n0 * panel_rows) + first * step;
    }
};

template <class T>
struct product {
    const T* a = nullptr;
    std::ptrdiff_t a_m = 0, a_k = 1, a_r = 0;
    packed_rows<const T> b;
    std::ptrdiff_t b_r = 0; ///< in rows
    packed_rows<T> c;
    const T* start = nullptr; ///< n elements every row begins with, or none; read to the end of a register
    T floor = -std::numeric_limits<T>::infinity();
    bool accumulate = false;  ///< rows begin with what c holds
    int m = 0, n = 0, k = 0, rows = 1;
};

template <class T>
using tile_function = void (*)(const tile_operands<T>&) noexcept;
template <class T>
struct tile_functions {
    tile_function<T> of[13]{}; ///< by height
};
template <int NV, class T, class Arch>
constexpr tile_functions<T> tiles_of_width() {
    return []<int... I>(std::integer_sequence<int, I...>) {
        return tile_functions<T>{{nullptr, &tile<I + 1, NV, T, Arch>...}};
    }(std::make_integer_sequence<int, most_tile_rows<Arch>(NV)>{});
}
template <int NV, class T, class Arch>
inline constexpr tile_functions<T> tiles = tiles_of_width<NV, T, Arch>();

/// Rows of `count` elements, copied; behind each, zeros up to `width`: as many, or the next whole register.
template <class T, class Arch>
[[gnu::noinline]] void copy_rows(const T* from, std::ptrdiff_t from_row, T* to, std::ptrdiff_t to_row, int rows, int count,
                                 int width) noexcept {
    constexpr int lanes = lanes_of<T, Arch>;
    const int full = count / lanes * lanes, rest = count - full;
    for (int r = 0; r < rows; ++r, from += from_row, to += to_row) {
        for (int i = 0; i < full; i += lanes) vec<T, Arch>::load_unaligned(from + i).store_unaligned(to + i);
        if (rest == 0) continue;
        const auto last = load_partial<T, Arch>(from + full, rest);
        if (width > count) last.store_unaligned(to + full);
        else store_partial<T, Arch>(to + full, last, rest);
    }
}

/// The tiles of one panel, `m` rows high. Where c ends within a register, tiles lie in a scratch of whole ones.
template <class T, class Arch>
[[gnu::noinline]] void multiply_panel(tile_operands<T> t, int m, int width, bool whole) noexcept {
    constexpr int lanes = lanes_of<T, Arch>;
    const bool two = width > lanes;
    const tile_function<T>* const functions = (two ? tiles<2, T, Arch> : tiles<1, T, Arch>).of;
    const unsigned char* const height_of = (two ? tile_rows<most_tile_rows<Arch>(2)> : tile_rows<most_tile_rows<Arch>(1)>).of;
    alignas(64) T scratch[12 * 2 * lanes];
    T* const c = t.c;
    const std::ptrdiff_t c_m = t.c_m, scratch_m = two ? 2 * lanes : lanes;
    for (int first = 0; first < m;) {
        const int height = height_of[m - first];
        T* const rows = c + first * c_m;
        if (whole) {
            t.c = rows;
            functions[height](t);
        } else {
            t.c = scratch, t.c_m = scratch_m;
            if (t.accumulate) copy_rows<T, Arch>(rows, c_m, scratch, scratch_m, height, width, static_cast<int>(scratch_m));
            functions[height](t);
            copy_rows<T, Arch>(scratch, scratch_m, rows, c_m, height, width, width);
        }
        t.a += height * t.a_m;
        first += height;
    }
}

/// The whole product: blocks of the sum, of the rows, panels.
template <class T, class Arch>
[[gnu::noinline]] void multiply(const product<T>& p) noexcept {
    constexpr int lanes = lanes_of<T, Arch>, panel = 2 * lanes;
    static_assert(tile_registers == 2);
    if (p.m <= 0 || p.n <= 0) return;
    // Rows of b that are not whole registers are copied into such, so many at a time.
    const bool closed = p.b.panel_rows == 0 && !p.b.open && p.n % lanes != 0;
    alignas(64) T copied[longest_sum * panel];
    const int sums = p.k == 0 ? 1 : (p.rows > 1 && !closed) || p.k <= longest_sum ? p.k : block_sums(p.k);
    const int together = !closed ? p.rows : sums < p.k || sums >= longest_sum ? 1 : longest_sum / sums; // rows of the sum
    tile_operands<T> t;
    t.a_m = p.a_m, t.a_k = p.a_k, t.a_r = p.a_r;
    for (int r0 = 0; r0 < p.rows || r0 == 0; r0 += together > 0 ? together : 1)
        for (int k0 = 0; k0 < p.k || k0 == 0; k0 += sums) {
            t.rows = p.rows - r0 < together ? p.rows - r0 : together;
            t.k = p.k - k0 < sums ? p.k - k0 : sums;
            t.accumulate = p.accumulate || k0 > 0 || r0 > 0;
            const bool ends = k0 + sums >= p.k && r0 + together >= p.rows;
            t.floor = ends ? p.floor : -std::numeric_limits<T>::infinity();
            for (int block = 0; block < p.m; block += block_rows)
                for (int n0 = 0; n0 < p.n; n0 += panel) {
                    const int width = p.n - n0 < panel ? p.n - n0 : panel, whole = width > lanes ? panel : lanes;
                    t.b_k = p.b.step(n0, p.n, lanes), t.c_m = p.c.step(n0, p.n, lanes);
                    t.b_r = p.b_r * t.b_k;
                    t.b = p.b.begin(n0, t.b_k) + r0 * t.b_r + k0 * t.b_k;
                    if (closed && width < whole) {
                        for (int r = 0; r < t.rows; ++r)
                            copy_rows<T, Arch>(t.b + r * t.b_r, t.b_k, copied + std::ptrdiff_t(r) * t.k * whole, whole, t.k, width,
                                               whole);
                        t.b = copied, t.b_k = whole, t.b_r = std::ptrdiff_t(t.k) * whole;
                    }
                    t.start = p.start == nullptr ? nullptr : p.start + n0;
                    t.a = p.a + block * p.a_m + r0 * p.a_r + k0 * p.a_k;
                    t.c = p.c.begin(n0, t.c_m) + block * t.c_m;
                    const int m = p.m - block < block_rows ? p.m - block : block_rows;
                    const bool spills = p.c.open && !t.accumulate && p.n <= panel; // only into rows that come later
                    multiply_panel<T, Arch>(t, m, width, p.c.panel_rows != 0 || spills || width == whole);
                }
        }
}

} // namespace strata::inline v0_1::on_cpu
