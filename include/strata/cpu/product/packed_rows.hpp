#pragma once
/// packed_rows<T> — a matrix of rows of n elements, as an operand of a product.
#include <strata/plan/weights/weight_layout.hpp>

#include <cstddef>

namespace strata::inline STRATA_ABI::on_cpu {

/// A matrix of rows of n elements: plain rows `stride` apart, or packed in panels of `panel_rows` rows. Packed rows are
/// whole registers. Where plain rows end within a register, nothing after their end is touched, unless they are `open`:
/// then the elements there may be read, and, for c, will be written later.
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

} // namespace strata::inline STRATA_ABI::on_cpu
