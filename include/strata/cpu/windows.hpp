#pragma once
/// image_windows — the geometry of the windows of a convolution or a pooling in a channels-last image, in run-time
/// numbers: the kernels' functions take one, so that all shapes share them.
#include <strata/cpu/kernel.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// A half-open range.
struct range {
    int first = 0, last = 0;
    friend constexpr bool operator==(const range&, const range&) = default;
};

/// The output positions j in [0, out) whose input position j·stride + tap·dilation − before is in [0, in).
constexpr range outputs_of_tap(int tap, int in, int out, int stride, int dilation, int before) {
    const int shift = tap * dilation - before;
    const int first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
    const int last = in - shift <= 0 ? 0 : (in - shift - 1) / stride + 1;
    const int end = last < out ? last : out;
    return {first < end ? first : end, end};
}
/// The taps whose input position is in [0, in), for output position j.
constexpr range taps_of_output(int j, int in, int kernel, int stride, int dilation, int before) {
    const int shift = j * stride - before;
    if (shift >= 0 && shift + (kernel - 1) * dilation < in) return {0, kernel};
    const int first = shift >= 0 ? 0 : (-shift + dilation - 1) / dilation;
    const int last = in - shift <= 0 ? 0 : (in - shift - 1) / dilation + 1;
    const int end = last < kernel ? last : kernel;
    return {first < end ? first : end, end};
}

struct image_windows {
    window win;
    int C, H, W, OH, OW;

    [[nodiscard]] constexpr range taps_h(int i) const {
        return taps_of_output(i, H, win.kernel_h, win.stride_h, win.dilation_h, win.top);
    }
    [[nodiscard]] constexpr range taps_w(int j) const {
        return taps_of_output(j, W, win.kernel_w, win.stride_w, win.dilation_w, win.left);
    }
    [[nodiscard]] constexpr range columns(int v) const {
        return outputs_of_tap(v, W, OW, win.stride_w, win.dilation_w, win.left);
    }
    [[nodiscard]] constexpr range rows(int u) const {
        return outputs_of_tap(u, H, OH, win.stride_h, win.dilation_h, win.top);
    }
    /// Outputs for which every tap is inside the image, along each axis; empty ranges are at the end.
    [[nodiscard]] constexpr range inner_columns() const {
        return inner(columns(0).first, columns(win.kernel_w - 1).last, OW);
    }
    [[nodiscard]] constexpr range inner_rows() const { return inner(rows(0).first, rows(win.kernel_h - 1).last, OH); }

    [[nodiscard]] constexpr std::ptrdiff_t pixels() const { return std::ptrdiff_t(H) * W; }
    /// The input pixel at tap (u, v) of output (i, j), and that output's pixel.
    [[nodiscard]] constexpr std::ptrdiff_t pixel(int i, int j, int u, int v) const {
        const int h = i * win.stride_h - win.top + u * win.dilation_h,
                  w = j * win.stride_w - win.left + v * win.dilation_w;
        return std::ptrdiff_t(h) * W + w;
    }
    [[nodiscard]] constexpr std::ptrdiff_t output(int i, int j) const { return std::ptrdiff_t(i) * OW + j; }

    /// Is no pixel in two windows?
    [[nodiscard]] constexpr bool apart() const {
        return win.stride_h >= win.kernel_h && win.stride_w >= win.kernel_w && win.dilation_h == 1
               && win.dilation_w == 1;
    }
    /// Is every pixel in a window, if they are apart?
    [[nodiscard]] constexpr bool cover() const {
        return win.stride_h == win.kernel_h && win.stride_w == win.kernel_w && OH * win.kernel_h - win.top >= H
               && OW * win.kernel_w - win.left >= W;
    }

  private:
    static constexpr range inner(int first, int last, int end) {
        return first < last ? range{first, last} : range{end, end};
    }
};
template <key K>
inline constexpr image_windows windows_of{K.win, K.x.d0, K.x.d1, K.x.d2, K.y.d1, K.y.d2};

} // namespace strata::inline STRATA_ABI::on_cpu
