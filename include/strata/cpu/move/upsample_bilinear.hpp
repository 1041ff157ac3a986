#pragma once
/// Kernels of upsample_bilinear and its gradient over channels-last images: first two rows are blended, as one run of
/// numbers, then the pixels of that row. The gradient goes the same way: the rows that read a row are added up, then
/// the pixels that read a pixel, both in ascending order.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/move/copy_run.hpp>
#include <strata/cpu/move/upsample.hpp>
#include <strata/operations/move/upsample_bilinear.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// to = (1 − t) · a + t · b, of runs.
template <class T, class Arch>
[[gnu::always_inline]] inline void blend_runs(const T* a, const T* b, T t, T* to, std::ptrdiff_t count) noexcept {
    const vec<T, Arch> other(t), one(T(1) - t);
    each_run_register<T, Arch>(count, [&](std::ptrdiff_t i, int n) {
        store<T, Arch>(to + i, multiply_add<T, Arch>(other, load<T, Arch>(b + i, n), one * load<T, Arch>(a + i, n)), n);
    });
}

/// y of one image; `row` has room for two rows of x.
template <class T, class Arch>
[[gnu::noinline]] void upsample_bilinear_image(const repeated_image& g, const T* x, T* y, T* row) noexcept {
    using operations::bilinear_phase;
    using operations::bilinear_source;
    const std::ptrdiff_t C = g.C, run = C * g.W, step = C * g.right;
    T* const blended = row + run;
    for (int i = 0; i < g.H * g.down; ++i, y += g.W * step) {
        const bilinear_source<T> v(i, g.H, g.down);
        blend_runs<T, Arch>(x + v.a * run, x + v.b * run, v.t, row, run);
        for (int phase = 0; phase < g.right; ++phase) {
            // All pixels of a phase are one run, but for the first or the last, which stands alone.
            const bilinear_phase p(phase, g.right);
            const T t = p.weight<T>(g.right);
            const int alone = p.shift < 0 ? 0 : g.W - 1;
            T *const to = y + phase * C, *const from = p.shift < 0 ? to + step : to;
            copy_run<T, Arch>(row + alone * C, to + alone * step, C);
            if (C < lanes_of<T, Arch>) {
                blend_runs<T, Arch>(row, row + C, t, blended, run - C);
                spread_pixels<T, Arch>(blended, from, g.W - 1, C, step);
            } else {
                for (int w = 0; w < g.W - 1; ++w)
                    blend_runs<T, Arch>(row + w * C, row + (w + 1) * C, t, from + w * step, C);
            }
        }
    }
}
/// to = the sum of rows, each times its weight: four of them at a time.
template <class T, class Arch>
struct weighted_rows {
    static constexpr int most = 4;
    T* to;
    std::ptrdiff_t count;
    const T* rows[most] = {};
    T weights[most] = {};
    int waiting = 0;
    bool begun = false;

    void add(const T* row, T weight) noexcept {
        if (waiting == most) flush();
        rows[waiting] = row, weights[waiting++] = weight;
    }
    void flush() noexcept {
        each_register<T, Arch>(count, [&](std::ptrdiff_t e, int n) {
            vec<T, Arch> sum = begun ? load<T, Arch>(to + e, n) : vec<T, Arch>(T(0));
            for (int r = 0; r < waiting; ++r)
                sum = multiply_add<T, Arch>(vec<T, Arch>(weights[r]), load<T, Arch>(rows[r] + e, n), sum);
            store<T, Arch>(to + e, sum, n);
        });
        waiting = 0, begun = true;
    }
};

/// dx of one image; `row` has room for a row of dy, `weights` for those of a pixel's readers.
template <class T, class Arch>
[[gnu::noinline]] void upsample_bilinear_gradient_image(const repeated_image& g, const T* dy, T* dx, T* row,
                                                        T* weights) noexcept {
    using V = vec<T, Arch>;
    const std::ptrdiff_t C = g.C, run = C * g.W * g.right;
    for (int h = 0; h < g.H; ++h) {
        weighted_rows<T, Arch> rows{.to = row, .count = run};
        operations::each_bilinear_reader<T>(h, g.H, g.down, [&](int i, T weight) { rows.add(dy + i * run, weight); });
        rows.flush();
        int readers = 0;
        std::ptrdiff_t from = 0;
        for (int w = 0; w < g.W; ++w, dx += C, from += g.right * C) {
            if (w < 2 || w == g.W - 1) { // those between have the same weights
                readers = 0;
                operations::each_bilinear_reader<T>(w, g.W, g.right, [&](int j, T weight) {
                    if (readers == 0) from = j * C;
                    weights[readers++] = weight;
                });
            }
            each_run_register<T, Arch>(C, [&](std::ptrdiff_t e, int n) {
                V sum(T(0));
                for (int j = 0; j < readers; ++j)
                    sum = multiply_add<T, Arch>(V(weights[j]), load<T, Arch>(row + from + j * C + e, n), sum);
                store<T, Arch>(dx + e, sum, n);
            });
        }
    }
}

template <key K, class F, class T, class Arch>
struct kernel<operations::upsample_bilinear::kind, K, F, T, Arch> {
    static constexpr int scratch = 2 * K.x.d2 * K.x.d0;
    static void run(const call<T>& c) noexcept {
        for (std::ptrdiff_t n = c.first; n < c.last; ++n)
            upsample_bilinear_image<T, Arch>(repeated<K>, c.at[0] + n * std::ptrdiff_t(K.x.size()),
                                             c.at[1] + n * std::ptrdiff_t(K.y.size()), c.scratch);
    }
};
template <key K, class F, class T, class Arch>
struct kernel<operations::upsample_bilinear_gradient::kind, K, F, T, Arch> {
    static constexpr int row = padded_to(K.y.d2 * K.y.d0, 16), scratch = row + 3 * K.win.stride_w;
    static void run(const call<T>& c) noexcept {
        for (std::ptrdiff_t n = c.first; n < c.last; ++n)
            upsample_bilinear_gradient_image<T, Arch>(repeated<K>, c.at[0] + n * std::ptrdiff_t(K.y.size()),
                                                      c.at[1] + n * std::ptrdiff_t(K.x.size()), c.scratch,
                                                      c.scratch + row);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
