#pragma once
/// conv_input_gradients — dx of one image; conv_image_input_gradients — dx of a task's images.
#include <strata/cpu/product/conv_geometry.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// dx of one image: what each output gives to the pixels it reads.
template <class T, class Arch>
class conv_input_gradients {
  public:
    conv_input_gradients(const conv_geometry& g, const T* dy, const T* w, T* dx, T* scratch) noexcept
        : g_(g), dy_(dy), w_(w), dx_(dx), scratch_(scratch) {}

    [[gnu::noinline]] void run() noexcept {
        each_register<T, Arch>(std::ptrdiff_t(g_.H) * g_.W * g_.C,
                               [&](std::ptrdiff_t e, int n) { store<T, Arch>(dx_ + e, vec<T, Arch>(T(0)), n); });
        // A column of outputs reads no pixel twice with one kernel row; a row of outputs with one tap.
        const bool down = g_.contiguous() && (g_.OH >= 4 || g_.OH >= g_.OW);
        for (int group = 0; group < g_.G; ++group)
            for (int u = 0; u < g_.win.kernel_h; ++u) {
                const range i = g_.rows(u);
                if (down)
                    for (int j = 0; j < g_.OW; ++j) give(group, i, {j, j + 1}, u, g_.taps_w(j));
                else
                    for (int row = i.first; row < i.last; ++row)
                        for (int v = 0; v < g_.win.kernel_w; ++v)
                            give(group, {row, row + 1}, g_.columns(v), u, {v, v + 1});
            }
    }

  private:
    /// Outputs i, or where that is one row j, to taps v of kernel row u.
    void give(int group, range i, range j, int u, range v) const {
        if (i.first >= i.last || j.first >= j.last || v.first >= v.last) return;
        const bool down = i.last - i.first > 1;
        product<T> p;
        p.scratch = scratch_;
        p.a = dy_ + g_.output(i.first, j.first) * g_.F + group * g_.filters();
        p.a_m = std::ptrdiff_t(down ? g_.OW : 1) * g_.F;
        const int row = transposed_row(g_.weight_rows(), g_.lanes);
        p.b = {w_ + std::ptrdiff_t(group) * g_.filters() * row + (u * g_.win.kernel_w + v.first) * g_.channels(), row,
               0, 0, true};
        p.k = g_.filters();
        p.c = {dx_ + g_.pixel(i.first, j.first, u, v.first) * g_.C + group * g_.channels(),
               std::ptrdiff_t(down ? g_.win.stride_h * g_.W : g_.win.stride_w) * g_.C};
        p.m = down ? i.last - i.first : j.last - j.first;
        p.n = (v.last - v.first) * g_.channels();
        p.accumulate = true;
        multiply<T, Arch>(p);
    }

    const conv_geometry& g_;
    const T *dy_, *w_;
    T *dx_, *scratch_;
};

template <class T, class Arch>
[[gnu::noinline]] void conv_image_input_gradients(const conv_geometry& g, const T* dy, const T* w, T* dx, int images,
                                                  T* scratch) noexcept {
    const std::ptrdiff_t x_size = g.pixels() * g.C, y_size = std::ptrdiff_t(g.OH) * g.OW * g.F;
    for (int n = 0; n < images; ++n, dy += y_size, dx += x_size)
        conv_input_gradients<T, Arch>(g, dy, w, dx, scratch).run();
}

} // namespace strata::inline STRATA_ABI::on_cpu
