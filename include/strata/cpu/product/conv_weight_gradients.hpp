#pragma once
/// conv_weight_gradients — dw of one image; conv_image_weight_gradients — dw and db, summed over a task's images.
#include <strata/cpu/product/conv_geometry.hpp>
#include <strata/cpu/sum_rows.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// dw of one image, added to what is there.
template <class T, class Arch>
class conv_weight_gradients {
  public:
    conv_weight_gradients(const conv_geometry& g, const T* x, const T* dy, T* dw, T* scratch) noexcept
        : g_(g), x_(x), dy_(dy), dw_(dw), scratch_(scratch) {}

    [[gnu::noinline]] void run() noexcept {
        const range inner = g_.contiguous() ? g_.inner_columns() : range{};
        for (int u = 0; u < g_.win.kernel_h; ++u) {
            // All taps of a kernel row at once where none leaves the image, the edges tap by tap.
            if (inner.first < inner.last) take(0, u, {0, g_.win.kernel_w}, inner);
            for (int group = 0; group < g_.G; ++group)
                for (int v = 0; v < g_.win.kernel_w; ++v) {
                    const range j = g_.columns(v);
                    if (inner.first < inner.last) {
                        take(group, u, {v, v + 1}, {j.first, inner.first});
                        take(group, u, {v, v + 1}, {inner.last, j.last});
                    } else {
                        take(group, u, {v, v + 1}, j);
                    }
                }
        }
    }

  private:
    /// Taps v of kernel row u, over output columns j and every valid output row.
    void take(int group, int u, range v, range j) const {
        const range i = g_.rows(u);
        if (j.first >= j.last || i.first >= i.last) return;
        product<T> p;
        p.scratch = scratch_;
        p.a = x_ + g_.pixel(i.first, j.first, u, v.first) * g_.C + group * g_.channels();
        p.a_m = 1;
        p.a_k = std::ptrdiff_t(g_.win.stride_w) * g_.C;
        p.a_r = std::ptrdiff_t(g_.win.stride_h) * g_.W * g_.C;
        p.b = {dy_ + group * g_.filters(), g_.F, 0, g_.output(i.first, j.first)};
        p.b_r = g_.OW;
        p.k = j.last - j.first;
        p.rows = i.last - i.first;
        p.c = {dw_ + group * g_.group_size(), 0, g_.weight_rows(), (u * g_.win.kernel_w + v.first) * g_.channels()};
        p.accumulate = true;
        p.m = (v.last - v.first) * g_.channels();
        p.n = g_.filters();
        multiply<T, Arch>(p);
    }

    const conv_geometry& g_;
    const T *x_, *dy_;
    T *dw_, *scratch_;
};

/// dw and, if wanted, db, summed over the images.
template <class T, class Arch>
[[gnu::noinline]] void conv_image_weight_gradients(const conv_geometry& g, const T* x, const T* dy, T* dw, T* db,
                                                   int images, T* scratch) noexcept {
    const std::ptrdiff_t x_size = g.pixels() * g.C, y_size = std::ptrdiff_t(g.OH) * g.OW * g.F;
    each_register<T, Arch>(g.G * g.group_size(),
                           [&](std::ptrdiff_t e, int n) { store<T, Arch>(dw + e, vec<T, Arch>(T(0)), n); });
    if (db != nullptr) sum_rows<T, Arch>(dy, std::ptrdiff_t(images) * g.OH * g.OW, g.F, db);
    if (g.worth_spreading()) {
        T* const taps = scratch;
        product<T> p;
        p.scratch = scratch + g.spread_scratch;
        p.a = taps, p.a_m = g.OW, p.a_r = std::ptrdiff_t(g.win.stride_h) * g.win.kernel_w * g.OW;
        p.b_r = g.OW;
        p.c = {dw, 0, g.weight_rows()};
        p.accumulate = true;
        p.m = g.weight_rows(), p.n = g.F, p.k = g.OW, p.rows = g.OH;
        // Values read after a pixel's filters end up in the padding of dw, which is cleared at the end; nothing is read
        // after the last pixel.
        const bool open = g.OH > 1 && g.OW * g.F >= lanes_of<T, Arch>;
        for (int n = 0; n < images; ++n, x += x_size, dy += y_size) {
            im2col_row<T, Arch>(g, x, taps);
            p.a = taps;
            p.b = {dy, g.F, 0, 0, open};
            p.rows = open ? g.OH - 1 : g.OH;
            multiply<T, Arch>(p);
            if (!open) continue;
            p.a = taps + (g.OH - 1) * p.a_r;
            p.b = {dy, g.F, 0, g.output(g.OH - 1, 0)};
            p.rows = 1;
            multiply<T, Arch>(p);
        }
        const int panel = g.F - g.F % (2 * lanes_of<T, Arch>), width = panel_width(panel, g.F, lanes_of<T, Arch>);
        T* const last = dw + std::ptrdiff_t(panel) * g.weight_rows();
        for (int row = 0; row < g.weight_rows(); ++row)
            for (int f = g.F - panel; f < width; ++f) last[row * width + f] = T(0);
        return;
    }
    for (int n = 0; n < images; ++n, x += x_size, dy += y_size)
        conv_weight_gradients<T, Arch>(g, x, dy, dw, scratch).run();
}

} // namespace strata::inline STRATA_ABI::on_cpu
