#pragma once
/// product — a whole matrix product, cut into register tiles:
///   c[m, n] = start[n] (or what c holds) + sum_{r,k} a[m, r, k] · b[r, k, n],   then at least `floor`
/// b and c may be in panels (see plan/weights/weight_layout.hpp), and b may be a weight's transposed panels.
#include <strata/cpu/product/packed_rows.hpp>
#include <strata/cpu/product/panel_tiles.hpp>
#include <strata/cpu/product/transpose.hpp>
#include <strata/plan/weights/weight_layout.hpp>

#include <algorithm>

namespace strata::inline STRATA_ABI::on_cpu {

template <class T>
struct product {
    const T* a = nullptr;
    std::ptrdiff_t a_m = 0, a_k = 1, a_r = 0; ///< a_m or a_k is one
    packed_rows<const T> b;
    std::ptrdiff_t b_r = 0;    ///< in rows
    bool b_transposed = false; ///< b.data are panels [n, k], all of them, and rows is 1: gradients to an affine's input
    packed_rows<T> c;
    const T* start = nullptr; ///< n elements every row begins with, or none; read to the end of a register
    T floor = -std::numeric_limits<T>::infinity();
    bool accumulate = false; ///< rows begin with what c holds
    int m = 0, n = 0, k = 0, rows = 1;
    T* scratch = nullptr; ///< scratch_of_product numbers, 64-byte aligned
};

/// A whole product, block by block.
template <class T, class Arch>
class product_blocks {
  public:
    static constexpr int lanes = lanes_of<T, Arch>, panel = tile_registers * lanes, most = most_tile_rows<Arch>(2);

    explicit product_blocks(const product<T>& p) noexcept : p_(p) {
        t_.a_m = p.a_m, t_.a_k = p.a_k, t_.a_r = p.a_r, t_.a_tile = 0;
    }

    /// Operands are read in place; parts of b that tiles cannot read are copied into a panel first.
    void as_they_lie() noexcept {
        const bool closed = !p_.b_transposed && p_.b.panel_rows == 0 && !p_.b.open && p_.n % lanes != 0;
        if (closed || p_.b_transposed) return fetched();
        const int sums = p_.k == 0 ? 1 : p_.rows > 1 ? p_.k : block_sums(p_.k, panel);
        for (int k0 = 0; k0 < p_.k || k0 == 0; k0 += sums) {
            begin_sum(0, p_.rows, k0, sums);
            for (int m0 = 0; m0 < p_.m; m0 += block_rows)
                for (int n0 = 0; n0 < p_.n; n0 += panel) {
                    t_.a = p_.a + m0 * p_.a_m + k0 * p_.a_k;
                    b_as_it_lies(n0, 0, k0);
                    multiply(n0, m0, p_.m - m0 < block_rows ? p_.m - m0 : block_rows);
                }
        }
    }

    /// Blocks of a are copied into L2 in the order in which they are read, and so are panels of b that are not in that
    /// order. Rows a power of two apart would map to few of a cache's sets, and each to a page of its own.
    [[gnu::noinline]] void packed() noexcept {
        T *const a_block = p_.scratch, *const b_panels = p_.scratch + a_size;
        const int sums = block_sums(p_.k, panel);
        const bool fetches = p_.b_transposed || p_.b.panel_rows == 0;
        const int columns = fetches ? panels_together * panel : p_.n;
        for (int k0 = 0; k0 < p_.k; k0 += sums) {
            begin_sum(0, 1, k0, sums);
            for (int first = 0; first < p_.n; first += columns) {
                const int last = p_.n - first < columns ? p_.n : first + columns;
                if (fetches)
                    for (int n0 = first; n0 < last; n0 += panel)
                        fetch(n0, 0, k0, b_panels + (n0 - first) * longest_sum);
                for (int m0 = 0; m0 < p_.m; m0 += block_rows) {
                    const int m = p_.m - m0 < block_rows ? p_.m - m0 : block_rows;
                    pack(p_.a + m0 * p_.a_m + k0 * p_.a_k, m, a_block);
                    for (int n0 = first; n0 < last; n0 += panel) {
                        t_.a = a_block;
                        if (fetches)
                            t_.b = b_panels + (n0 - first) * longest_sum, t_.b_k = p_.n - n0 > lanes ? panel : lanes;
                        else b_as_it_lies(n0, 0, k0);
                        multiply(n0, m0, m);
                    }
                }
            }
        }
    }

  private:
    static constexpr int panel_size = longest_sum * panel,
                         panels_together = (1 << 17) / (panel_size * static_cast<int>(sizeof(T)));
    /// A row of a copied block, and a strip of it: as many rows as a tile has, side by side.
    static constexpr int row_size = longest_sum + 64 / static_cast<int>(sizeof(T)),
                         strip_size = most * longest_sum + lanes, strips = (block_rows + most - 1) / most,
                         a_size = padded_to(std::max(block_rows * row_size, strips* strip_size), 16);

  public:
    /// Numbers of scratch that `fetched` and `packed` take.
    static constexpr int scratch_of_fetched = panel_size, scratch_of_packed = a_size + panels_together * panel_size;

  private:
    [[gnu::noinline]] void fetched() noexcept {
        T* const b_panel = p_.scratch;
        const int sums = p_.k == 0 ? 1 : block_sums(p_.k, panel);
        const int together = sums < p_.k ? 1 : longest_sum / sums; // rows of the sum
        for (int r0 = 0; r0 < p_.rows || r0 == 0; r0 += together)
            for (int k0 = 0; k0 < p_.k || k0 == 0; k0 += sums) {
                begin_sum(r0, p_.rows - r0 < together ? p_.rows - r0 : together, k0, sums);
                for (int n0 = 0; n0 < p_.n; n0 += panel) {
                    fetch(n0, r0, k0, b_panel);
                    for (int m0 = 0; m0 < p_.m; m0 += block_rows) {
                        t_.a = p_.a + m0 * p_.a_m + r0 * p_.a_r + k0 * p_.a_k;
                        multiply(n0, m0, p_.m - m0 < block_rows ? p_.m - m0 : block_rows);
                    }
                }
            }
    }

    void begin_sum(int r0, int rows, int k0, int sums) noexcept {
        t_.rows = rows;
        t_.k = p_.k - k0 < sums ? p_.k - k0 : sums;
        t_.accumulate = p_.accumulate || k0 > 0 || r0 > 0;
        t_.floor = k0 + sums >= p_.k && r0 + rows >= p_.rows ? p_.floor : -std::numeric_limits<T>::infinity();
    }
    void b_as_it_lies(int n0, int r0, int k0) noexcept {
        t_.b_k = p_.b.step(n0, p_.n, lanes);
        t_.b_r = p_.b_r * t_.b_k;
        t_.b = p_.b.begin(n0, t_.b_k) + r0 * t_.b_r + k0 * t_.b_k;
    }
    /// Copies a block of a panel of b to where its rows are consecutive, in whole registers.
    void fetch(int n0, int r0, int k0, T* to) noexcept {
        const int width = p_.n - n0 < panel ? p_.n - n0 : panel, whole = width > lanes ? panel : lanes;
        if (p_.b_transposed) {
            // The source of the next panel is in pieces far from each other: for a large weight, the hardware would not
            // prefetch it in time.
            const bool far = std::ptrdiff_t(p_.n) * p_.k * static_cast<int>(sizeof(T)) > 1 << 18;
            if (width < whole) // no lane without a number: a signalling NaN may trap
                for (int k = 0; k < t_.k; ++k)
                    vec<T, Arch>(T(0)).store_unaligned(to + std::ptrdiff_t(k + 1) * whole - lanes);
            for (int u = 0; u < t_.k; u += panel) {
                const int step = panel_width(k0 + u, p_.k, lanes), used = t_.k - u < panel ? t_.k - u : panel;
                const T* const from = p_.b.data + std::ptrdiff_t(k0 + u) * p_.n + std::ptrdiff_t(n0) * step;
                if (far)
                    for (int i = 0; i < step * panel; i += 64 / static_cast<int>(sizeof(T)))
                        __builtin_prefetch(from + step * panel + i);
                transpose<T, Arch>(from, step, to + u * whole, whole, width, used);
            }
        } else {
            b_as_it_lies(n0, r0, k0);
            for (int r = 0; r < t_.rows; ++r)
                copy_rows<T, Arch>(t_.b + r * t_.b_r, t_.b_k, to + std::ptrdiff_t(r) * t_.k * whole, whole, t_.k, width,
                                   whole);
        }
        t_.b = to, t_.b_k = whole, t_.b_r = std::ptrdiff_t(t_.k) * whole;
    }
    /// Copies a block of a: rows, or strips where its columns follow each other.
    void pack(const T* a, int m, T* to) noexcept {
        if (p_.a_m != 1) {
            copy_rows<T, Arch>(a, p_.a_m, to, row_size, m, t_.k, t_.k);
            t_.a_m = row_size;
            return;
        }
        const tile_cut cut = tile_cuts<most>.of[m];
        t_.a_k = most, t_.a_tile = strip_size;
        for (int k = 0; k < t_.k; ++k, a += p_.a_k) {
            T* strip = to + k * most;
            for (int tile = 0, row = 0; tile < cut.tall + cut.low; ++tile, strip += strip_size) {
                const int height = tile < cut.tall ? cut.height + 1 : cut.height;
                for (int i = 0; i < height; i += lanes)
                    load<T, Arch>(a + row + i, m - row - i < lanes ? m - row - i : lanes).store_unaligned(strip + i);
                row += height;
            }
        }
    }
    void multiply(int n0, int m0, int m) noexcept {
        const int width = p_.n - n0 < panel ? p_.n - n0 : panel, whole = width > lanes ? panel : lanes;
        const bool two = width > lanes;
        t_.start = p_.start == nullptr ? nullptr : p_.start + n0;
        t_.c_m = p_.c.step(n0, p_.n, lanes);
        t_.c = p_.c.begin(n0, t_.c_m) + m0 * t_.c_m;
        const bool spills = p_.c.open && !t_.accumulate && p_.n <= panel; // only into rows that come later
        const panel_tiles<T, Arch> tiles(two);
        const tile_cut cut = two || t_.a_tile != 0 ? tile_cuts<most>.of[m] : tile_cuts<most_tile_rows<Arch>(1)>.of[m];
        if (p_.c.panel_rows != 0 || spills || width == whole) tiles.multiply(t_, cut);
        else tiles.multiply_beside(t_, cut, width);
    }

    const product<T>& p_;
    tile_operands<T> t_;
};

/// Are operands copied into blocks first? It is worth it where columns are read whose rows are a power of two apart,
/// which more than halves the speed; and for transposed weights, where the rows of a do not stay in L1 and L2 by
/// themselves.
template <class T, class Arch>
bool is_packed(const product<T>& p) {
    constexpr std::ptrdiff_t size = sizeof(T);
    const auto meets_few_sets = [](std::ptrdiff_t stride) { return stride * size % 2048 == 0; };
    if (p.rows != 1 || p.k == 0 || p.n < 4 * product_blocks<T, Arch>::panel || p.m < 48) return false;
    if (p.b_transposed) return p.m * size * p.k > 1 << 20;
    return p.a_m == 1 && (meets_few_sets(p.a_k) || (p.b.panel_rows == 0 && meets_few_sets(p.b.stride)));
}

/// The most scratch that a product of n columns takes, whatever its other extents; b is `read_as_it_lies` where it is
/// packed in panels of whole registers and not the other way round.
template <class T, class Arch>
constexpr int scratch_of_product(int n, bool read_as_it_lies) {
    using blocks = product_blocks<T, Arch>;
    return n >= 4 * blocks::panel ? std::max(blocks::scratch_of_packed, blocks::scratch_of_fetched)
           : read_as_it_lies      ? 0
                                  : blocks::scratch_of_fetched;
}

template <class T, class Arch>
[[gnu::noinline]] void multiply(const product<T>& p) noexcept {
    if (p.m <= 0 || p.n <= 0) return;
    product_blocks<T, Arch> blocks(p);
    if (is_packed<T, Arch>(p)) blocks.packed();
    else blocks.as_they_lie();
}

} // namespace strata::inline STRATA_ABI::on_cpu
