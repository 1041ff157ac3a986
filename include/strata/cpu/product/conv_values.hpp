#pragma once
/// conv_values — y of one image; conv_images — y of a task's images.
#include <strata/cpu/product/conv_geometry.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// y = max(conv(x, w) + start, floor) of one image.
template <class T, class Arch>
class conv_values {
  public:
    conv_values(const conv_geometry& g, const T* x, const T* w, const T* start, T* y, T floor) noexcept
        : g_(g), x_(x), w_(w), y_(y) {
        whole_.start = start;
        whole_.floor = floor;
    }
    [[gnu::noinline]] void runs() noexcept {
        const range j = g_.inner_columns(), i = g_.inner_rows();
        for (int row = 0; row < g_.OH; ++row)
            if (j.first < j.last) along_row(row, j);
        for (int column = 0; column < g_.OW; ++column) {
            if (column >= j.first && column < j.last) continue;
            for (int row = 0; row < i.first; ++row) down_column(column, {row, row + 1});
            if (i.first < i.last) down_column(column, i);
            for (int row = i.last; row < g_.OH; ++row) down_column(column, {row, row + 1});
        }
    }
    /// Where a kernel row's taps are apart, or the channels in groups: tap by tap.
    [[gnu::noinline]] void taps() noexcept {
        for (int i = 0; i < g_.OH; ++i) {
            T* const y = y_ + g_.output(i, 0) * g_.F;
            for (int j = 0; j < g_.OW; ++j)
                for (int f = 0; f < g_.F; ++f) y[j * g_.F + f] = whole_.start != nullptr ? whole_.start[f] : T(0);
            for (int group = 0; group < g_.G; ++group)
                for (int v = 0; v < g_.win.kernel_w; ++v) {
                    const range j = g_.columns(v);
                    product<T> p = from(i, j.first, g_.taps_h(i), {v, v + 1}, group);
                    p.start = nullptr;
                    p.floor = -std::numeric_limits<T>::infinity();
                    p.accumulate = true;
                    p.m = j.last - j.first;
                    multiply<T, Arch>(p);
                }
            const vec<T, Arch> floor(whole_.floor);
            each_register<T, Arch>(std::ptrdiff_t(g_.OW) * g_.F, [&](std::ptrdiff_t e, int n) {
                store<T, Arch>(y + e, at_least<T, Arch>(load<T, Arch>(y + e, n), floor), n);
            });
        }
    }

  private:
    /// Outputs from (i, j) on to the right, all with taps u and v.
    product<T> from(int i, int j, range u, range v, int group = 0) const {
        product<T> p = whole_;
        p.a = x_ + g_.pixel(i, j, u.first, v.first) * g_.C + group * g_.channels();
        p.a_m = std::ptrdiff_t(g_.win.stride_w) * g_.C;
        p.a_r = std::ptrdiff_t(g_.win.dilation_h) * g_.W * g_.C;
        p.b = {w_ + group * g_.group_size(), 0, g_.weight_rows(),
               (u.first * g_.win.kernel_w + v.first) * g_.channels()};
        p.b_r = std::ptrdiff_t(g_.win.kernel_w) * g_.channels();
        p.rows = u.last - u.first;
        p.k = (v.last - v.first) * g_.channels();
        p.c = {y_ + g_.output(i, j) * g_.F + group * g_.filters(), g_.F};
        p.n = g_.filters();
        return p;
    }
    void along_row(int i, range j) const {
        product<T> p = from(i, j.first, g_.taps_h(i), {0, g_.win.kernel_w});
        p.m = j.last - j.first;
        p.c.open =
            i + 1 < g_.OH && g_.OW * g_.F >= lanes_of<T, Arch>; // what follows is written later: rows, then edges
        multiply<T, Arch>(p);
    }
    /// Rows i of a column, which share their taps.
    void down_column(int j, range i) const {
        product<T> p = from(i.first, j, g_.taps_h(i.first), g_.taps_w(j));
        p.a_m = std::ptrdiff_t(g_.win.stride_h) * g_.W * g_.C;
        p.c.stride = std::ptrdiff_t(g_.OW) * g_.F;
        p.m = i.last - i.first;
        multiply<T, Arch>(p);
    }

    const conv_geometry& g_;
    const T *x_, *w_;
    T* y_;
    product<T> whole_; ///< bias and floor
};

/// y of a task's images.
template <class T, class Arch>
[[gnu::noinline]] void conv_images(const conv_geometry& g, const T* x, const T* w, const T* start, T* y, int images,
                                   T floor, T* scratch) noexcept {
    const std::ptrdiff_t x_size = g.pixels() * g.C, y_size = std::ptrdiff_t(g.OH) * g.OW * g.F;
    product<T> p;
    p.start = start;
    p.floor = floor;
    p.b = {w, 0, g.weight_rows()};
    p.c = {y, g.F};
    p.n = g.F;
    if (g.pointwise()) {
        p.a_m = g.C, p.k = g.C;
        const std::ptrdiff_t rows = images * g.pixels(), most = 1 << 30; // of a product
        for (std::ptrdiff_t first = 0; first < rows; first += most) {
            p.a = x + first * g.C, p.c.data = y + first * g.F;
            p.m = static_cast<int>(rows - first < most ? rows - first : most);
            multiply<T, Arch>(p);
        }
        return;
    }
    if (g.worth_spreading()) {
        T* const taps = scratch;
        p.scratch = scratch + g.spread_scratch;
        p.a_k = g.OW, p.a_m = 1;
        p.m = g.OW, p.k = g.weight_rows();
        for (int n = 0; n < images; ++n, x += x_size, y += y_size) {
            im2col_row<T, Arch>(g, x, taps);
            for (int i = 0; i < g.OH; ++i) {
                p.a = taps + std::ptrdiff_t(i) * g.win.stride_h * g.win.kernel_w * g.OW;
                p.c.data = y + g.output(i, 0) * g.F;
                p.c.open = i + 1 < g.OH && g.OW * g.F >= lanes_of<T, Arch>; // the next row is written next
                multiply<T, Arch>(p);
            }
        }
        return;
    }
    for (int n = 0; n < images; ++n, x += x_size, y += y_size) {
        conv_values<T, Arch> values(g, x, w, start, y, floor);
        if (g.contiguous()) values.runs();
        else values.taps();
    }
}

} // namespace strata::inline STRATA_ABI::on_cpu
