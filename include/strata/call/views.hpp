#pragma once
/// Views that index a block as the equations do.
#include <strata/base/shape.hpp>

#include <cstddef>

namespace strata::inline STRATA_ABI::core {

/// Pixels of a channel: H · W of an image, 1 of a flat value.
STRATA_HD constexpr int positions_of(const shape& s) { return s.rank == 3 ? s.d1 * s.d2 : 1; }

/// A row-major matrix [rows, columns]:  m(r, c).
template <class T>
struct matrix_view {
    T* data;
    int columns;
    STRATA_HD constexpr T& operator()(int r, int c) const { return data[std::ptrdiff_t{r} * columns + c]; }
};

/// One sample's image [C, H, W]:  x(c, h, w).
template <class T>
struct image_view {
    T* data;
    int rows, columns;
    STRATA_HD constexpr T& operator()(int c, int h, int w) const {
        return data[(std::ptrdiff_t{c} * rows + h) * columns + w];
    }
};

/// One sample's image in either order of memory:  x(c, h, w).
template <class T>
struct strided_image {
    T* data;
    std::ptrdiff_t channel, row, column; ///< how far apart neighbours are
    STRATA_HD constexpr T& operator()(int c, int h, int w) const { return data[c * channel + h * row + w * column]; }
};

/// The channels of one pixel:  x(k).
template <class T>
struct strided_row {
    T* data;
    std::ptrdiff_t stride;
    STRATA_HD constexpr T& operator()(int k) const { return data[k * stride]; }
};

/// A convolution's weight [F, C/G, KH, KW]:  w(f, c, u, v).
template <class T>
struct weight_view {
    T* data;
    int channels, rows, columns;
    STRATA_HD constexpr T& operator()(int f, int c, int u, int v) const {
        return data[((std::ptrdiff_t{f} * channels + c) * rows + u) * columns + v];
    }
};

/// Sample n of a batch, element by element.
template <class T>
STRATA_HD constexpr T* sample(T* batch, int n, const shape& s) {
    return batch + n * static_cast<std::ptrdiff_t>(s.size());
}

/// Sample n of a batch of images.
template <class T>
STRATA_HD constexpr image_view<T> image_sample(T* batch, int n, const shape& s) {
    return {sample(batch, n, s), s.d1, s.d2};
}

/// Sample n of a batch of images, conventional ones or channels-last; a flat value is [C, 1, 1].
template <class T>
STRATA_HD constexpr strided_image<T> image_of(T* batch, int n, const shape& s, bool channels_last) {
    if (channels_last || s.rank != 3) return {sample(batch, n, s), 1, std::ptrdiff_t{s.d2} * s.d0, s.d0};
    return {sample(batch, n, s), std::ptrdiff_t{s.d1} * s.d2, s.d2, 1};
}

/// Sample n with its pixels in a row, [C, H·W]; a flat value is [C, 1].
template <class T>
STRATA_HD constexpr matrix_view<T> channels_of(T* batch, int n, const shape& s) {
    return {sample(batch, n, s), positions_of(s)};
}

/// Pixel p of sample n, p in [0, positions_of(s)); of a flat value all of it.
template <class T>
STRATA_HD constexpr strided_row<T> pixel_of(T* batch, int n, int p, const shape& s, bool channels_last) {
    if (channels_last) return {sample(batch, n, s) + std::ptrdiff_t{p} * s.d0, 1};
    return {sample(batch, n, s) + p, positions_of(s)};
}

} // namespace strata::inline STRATA_ABI::core
