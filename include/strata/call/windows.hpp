#pragma once
/// The windows of convolutions and poolings. Output (i, j) reads, at tap (u, v), the input
///   h = i·S + u·D − top,  w = j·S + v·D − left,   if that is inside the input.
/// Source   Dumoulin & Visin 2016
#include <strata/plan/key.hpp>

namespace strata::inline STRATA_ABI::core {

/// visit(u, v, h, w) for every tap of output (i, j) inside the input, in reading order.
STRATA_ANY_CALLER // `visit` is a host function where a host policy calls
    template <key K, class Visit>
    STRATA_HD constexpr void each_tap(int i, int j, Visit visit) {
    for (int u = 0; u < K.win.kernel_h; ++u)
        for (int v = 0; v < K.win.kernel_w; ++v) {
            const int h = i * K.win.stride_h + u * K.win.dilation_h - K.win.top;
            const int w = j * K.win.stride_w + v * K.win.dilation_w - K.win.left;
            if (h >= 0 && h < K.x.d1 && w >= 0 && w < K.x.d2) visit(u, v, h, w);
        }
}

/// Do the windows stand one beside the other over all of the input? Then each meets the positions in its place alone.
constexpr bool tiles_its_input(const key& k) {
    const window& w = k.win;
    return w.kernel_h == w.stride_h && w.kernel_w == w.stride_w && w.dilation_h == 1 && w.dilation_w == 1 && w.top == 0
           && w.left == 0 && w.bottom == 0 && w.right == 0 && k.x.positions() % (w.kernel_h * w.kernel_w) == 0;
}

/// visit(u, v, i, j) for every output (i, j) that reads input (h, w), and the tap at which it does.
STRATA_ANY_CALLER
template <key K, class Visit>
STRATA_HD constexpr void each_reader(int h, int w, Visit visit) {
    for (int u = 0; u < K.win.kernel_h; ++u)
        for (int v = 0; v < K.win.kernel_w; ++v) {
            const int down = h + K.win.top - u * K.win.dilation_h;
            const int right = w + K.win.left - v * K.win.dilation_w;
            if (down < 0 || down % K.win.stride_h != 0 || right < 0 || right % K.win.stride_w != 0) continue;
            const int i = down / K.win.stride_h, j = right / K.win.stride_w;
            if (i < K.y.d1 && j < K.y.d2) visit(u, v, i, j);
        }
}

} // namespace strata::inline STRATA_ABI::core
