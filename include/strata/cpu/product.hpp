#pragma once
/// product — a whole matrix product, cut into register tiles:
///   c[m, n] (+)= start[n] + sum_{r,k} a[m, r, k] · b[r, k, n],   then at least `floor`
/// b and c may lie in panels (see plan/weight_layout.hpp).
#include <strata/cpu/tile.hpp>
#include <strata/cpu/tile_sizes.hpp>
#include <strata/plan/weight_layout.hpp>

namespace strata::inline v0_1::on_cpu {

/// A matrix of rows of n elements: plain rows `stride` apart, or packed in panels of `panel_rows` rows.
template <class T>
struct packed_rows {
    T* data = nullptr;
    std::ptrdiff_t stride = 0;
    std::ptrdiff_t panel_rows = 0; ///< 0: plain
    std::ptrdiff_t first = 0;      ///< the row at which the product begins

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
    std::ptrdiff_t a_half = 0; ///< if not 0: the product is one tile high, and this far from a its second half of rows begins
    packed_rows<const T> b;
    std::ptrdiff_t b_r = 0; ///< in rows
    packed_rows<T> c;
    const T* start = nullptr; ///< n elements every row begins with, or none
    T floor = -std::numeric_limits<T>::infinity();
    bool accumulate = false;  ///< rows begin with what c holds
    int m = 0, n = 0, k = 0, rows = 1;
};

template <class T>
using tile_function = void (*)(const tile_operands<T>&) noexcept;
template <class T>
struct tile_row_of_functions {
    tile_function<T> of[13]{};
};
template <int Height, int NV, bool Masked, class T, class Arch>
constexpr tile_function<T> tile_of_height() {
    if constexpr (is_tile_height(Height) && Height <= most_tile_rows<Arch>(NV)) return &tile<Height, NV, Masked, T, Arch>;
    else return nullptr;
}
template <int NV, bool Masked, class T, class Arch>
inline constexpr tile_row_of_functions<T> tiles{
    {nullptr,
     tile_of_height<1, NV, Masked, T, Arch>(), tile_of_height<2, NV, Masked, T, Arch>(), tile_of_height<3, NV, Masked, T, Arch>(),
     tile_of_height<4, NV, Masked, T, Arch>(), tile_of_height<5, NV, Masked, T, Arch>(), tile_of_height<6, NV, Masked, T, Arch>(),
     tile_of_height<7, NV, Masked, T, Arch>(), tile_of_height<8, NV, Masked, T, Arch>(), nullptr,
     tile_of_height<10, NV, Masked, T, Arch>(), nullptr, tile_of_height<12, NV, Masked, T, Arch>()}};

/// Masked: the rows of b are not padded.
template <bool Masked, class T, class Arch>
[[gnu::noinline]] void multiply(const product<T>& p) noexcept {
    constexpr int lanes = lanes_of<T, Arch>;
    static_assert(tile_registers == 2);
    tile_operands<T> t;
    t.a_m = p.a_m, t.a_k = p.a_k, t.a_r = p.a_r;
    t.rows = p.rows;
    const int sums = p.rows > 1 || p.k <= 384 ? p.k : block_sums(p.k); // a convolution's sum is short, or runs over rows
    for (int k0 = 0; k0 < p.k || k0 == 0; k0 += sums) {
        t.k = p.k - k0 < sums ? p.k - k0 : sums;
        t.accumulate = p.accumulate || k0 > 0;
        t.floor = k0 + sums < p.k ? -std::numeric_limits<T>::infinity() : p.floor;
        for (int block = 0; block < p.m; block += block_rows) {
            const int block_end = p.m - block < block_rows ? p.m : block + block_rows;
            for (int n0 = 0; n0 < p.n; n0 += 2 * lanes) {
                const int width = p.n - n0 < 2 * lanes ? p.n - n0 : 2 * lanes;
                const bool two = width > lanes;
                t.last = two ? width - lanes : width;
                t.stored = p.c.panel_rows != 0 ? lanes : t.last;
                t.b_k = p.b.step(n0, p.n, lanes), t.c_m = p.c.step(n0, p.n, lanes);
                t.b_r = p.b_r * t.b_k;
                t.b = p.b.begin(n0, t.b_k) + k0 * t.b_k;
                t.start = p.start == nullptr ? nullptr : p.start + n0;
                t.a = p.a + block * p.a_m + k0 * p.a_k;
                t.c = p.c.begin(n0, t.c_m) + block * t.c_m;
                const tile_function<T>* functions = (two ? tiles<2, false, T, Arch> : tiles<1, false, T, Arch>).of;
                if constexpr (Masked)
                    if (t.last < lanes) functions = (two ? tiles<2, true, T, Arch> : tiles<1, true, T, Arch>).of;
                const unsigned char* const height_of =
                    (two ? tile_rows<most_tile_rows<Arch>(2)> : tile_rows<most_tile_rows<Arch>(1)>).of;
                for (int left = block_end - block; left > 0;) {
                    const int height = height_of[left];
                    t.a_half = p.a_half != 0 ? p.a_half : (height + 1) / 2 * t.a_m;
                    functions[height](t);
                    t.a += height * t.a_m, t.c += height * t.c_m;
                    left -= height;
                }
            }
        }
    }
}

} // namespace strata::inline v0_1::on_cpu
