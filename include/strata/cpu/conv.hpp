#pragma once
/// Kernels of conv and its gradients over channels-last images: accumulated products over contiguous runs, no im2col.
///   x [N, H, W, C], y [N, H', W', F];  w [G, KH·KW·C/G, F/G] in panels;  transposed w [F, KH·KW·C/G], or, flipped,
///   in panels
/// A convolution's extents are run-time numbers here, so all layers of a program share three functions.
#include <strata/cpu/conv_geometry.hpp>
#include <strata/cpu/elementwise.hpp>
#include <strata/cpu/product.hpp>
#include <strata/cpu/sum_rows.hpp>
#include <strata/operations/product/conv.hpp>

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

template <class T, class Arch>
[[gnu::noinline]] void conv_image_input_gradients(const conv_geometry& g, const T* dy, const T* w, T* dx, int images,
                                                  T* scratch) noexcept {
    const std::ptrdiff_t x_size = g.pixels() * g.C, y_size = std::ptrdiff_t(g.OH) * g.OW * g.F;
    for (int n = 0; n < images; ++n, dy += y_size, dx += x_size)
        conv_input_gradients<T, Arch>(g, dy, w, dx, scratch).run();
}

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

template <key K, class Function, class T, class Arch>
struct kernel<operations::conv::kind, K, Function, T, Arch> {
    static constexpr int scratch = geometry_of<K>.template scratch_of_values<T, Arch>();
    static void run(const call<T>& c) noexcept {
        constexpr T floor = K.scaled ? -std::numeric_limits<T>::infinity() : floor_of<Function, T>();
        T* const y = c.at[K.scaled ? 4 : K.bias ? 3 : 2] + std::ptrdiff_t(c.first) * K.y.size();
        const int images = c.last - c.first;
        conv_images<T, Arch>(geometry_of<K>, c.at[0] + std::ptrdiff_t(c.first) * K.x.size(), c.at[1],
                             K.bias ? c.at[2] : nullptr, y, images, floor, c.scratch);
        if constexpr (K.scaled) scale(y, c.at[2], c.at[3], std::ptrdiff_t(images) * positions_of(K.y));
        apply_function<Function, T, Arch>(y, images * std::ptrdiff_t(K.y.size()));
    }

  private:
    static void scale(T* y, const T* factor, const T* shift, std::ptrdiff_t pixels) {
        const vec<T, Arch> floor(floor_of<Function, T>());
        for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel, y += K.y.d0)
            each_register<T, Arch>(K.y.d0, [&](std::ptrdiff_t o, int n) {
                const auto scaled = multiply_add<T, Arch>(load<T, Arch>(y + o, n), load<T, Arch>(factor + o, n),
                                                          load<T, Arch>(shift + o, n));
                store<T, Arch>(y + o, at_least<T, Arch>(scaled, floor), n);
            });
    }
};

template <key K, class Function, class T, class Arch>
struct kernel<operations::conv_input_gradient::kind, K, Function, T, Arch> {
    static constexpr int scratch = by_flipped_filters(K, K.lanes)
                                       ? geometry_back<K>.template scratch_of_values<T, Arch>()
                                       : geometry_of<K>.template scratch_of_input_gradients<T, Arch>();
    static void run(const call<T>& c) noexcept {
        const T* const dy = c.at[0] + std::ptrdiff_t(c.first) * K.y.size();
        T* const dx = c.at[2] + std::ptrdiff_t(c.first) * K.x.size();
        if constexpr (by_flipped_filters(K, K.lanes))
            conv_images<T, Arch>(geometry_back<K>, dy, c.at[1], nullptr, dx, c.last - c.first,
                                 -std::numeric_limits<T>::infinity(), c.scratch);
        else conv_image_input_gradients<T, Arch>(geometry_of<K>, dy, c.at[1], dx, c.last - c.first, c.scratch);
    }
};

template <key K, class Function, class T, class Arch>
struct kernel<operations::conv_weight_gradient::kind, K, Function, T, Arch> {
    static constexpr int scratch = geometry_of<K>.template scratch_of_weight_gradients<T, Arch>();
    static void run(const call<T>& c) noexcept {
        conv_image_weight_gradients<T, Arch>(geometry_of<K>, c.at[0] + std::ptrdiff_t(c.first) * K.x.size(),
                                             c.at[1] + std::ptrdiff_t(c.first) * K.y.size(), c.at[2],
                                             K.bias ? c.at[3] : nullptr, c.last - c.first, c.scratch);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
