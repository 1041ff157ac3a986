#pragma once
/// Kernels of conv:  x [C, H, W] → y [F, H', W'];  w [F, C/G, KH, KW], b [F].
/// Filter f reads only the channels of its group.
#include <strata/call/views.hpp>
#include <strata/call/windows.hpp>
#include <strata/operations/product/conv.hpp>
#include <strata/reference/epilogue.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

/// The part of the channels and of the filters that belongs to one group.
template <key K>
struct conv_groups {
    static constexpr int channels = K.x.d0 / K.groups, filters = K.y.d0 / K.groups;
    /// The first channel that filter f reads.
    static constexpr int first_channel(int f) { return f / filters * channels; }
    /// The first filter that reads channel c.
    static constexpr int first_filter(int c) { return c / channels * filters; }
    template <class T>
    static constexpr weight_view<T> weight(T* w) {
        return {w, channels, K.win.kernel_h, K.win.kernel_w};
    }
};

/// y[n,f,i,j] = f( b[f] + sum_{c,u,v} w[f,c,u,v] · x[n, c, i·S+u·D−top, j·S+v·D−left] );
/// scaled: f( sum · scale[f] + shift[f] )
template <key K, class F, class T>
struct kernel<operations::conv::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        using group = conv_groups<K>;
        constexpr int result = 2 + (K.bias ? 1 : 0) + (K.scaled ? 2 : 0);
        const auto w = group::weight(c.at[1]);
        for (int n = c.first; n < c.last; ++n) {
            const auto x = image_sample(c.at[0], n, K.x), y = image_sample(c.at[result], n, K.y);
            for (int f = 0; f < K.y.d0; ++f)
                for (int i = 0; i < K.y.d1; ++i)
                    for (int j = 0; j < K.y.d2; ++j) {
                        double sum = 0;
                        for (int ch = 0; ch < group::channels; ++ch)
                            each_tap<K>(i, j, [&](int u, int v, int h, int k) {
                                sum += double(w(f, ch, u, v)) * double(x(group::first_channel(f) + ch, h, k));
                            });
                        if constexpr (K.bias) sum += c.at[2][f];
                        if constexpr (K.scaled) sum = sum * c.at[2][f] + c.at[3][f];
                        y(f, i, j) = T(epilogue<K, F>(sum));
                    }
        }
    }
};

/// dx[n,c,h,w] = sum over all (f,u,v) that read it of w[f,c,u,v] · dy[n,f,i,j]
template <key K, class F, class T>
struct kernel<operations::conv_input_gradient::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        using group = conv_groups<K>;
        const auto w = group::weight(c.at[1]);
        for (int n = c.first; n < c.last; ++n) {
            const auto dy = image_sample(c.at[0], n, K.y), dx = image_sample(c.at[2], n, K.x);
            for (int ch = 0; ch < K.x.d0; ++ch)
                for (int h = 0; h < K.x.d1; ++h)
                    for (int k = 0; k < K.x.d2; ++k) {
                        double sum = 0;
                        for (int g = 0; g < group::filters; ++g) {
                            const int f = group::first_filter(ch) + g;
                            each_reader<K>(h, k, [&](int u, int v, int i, int j) {
                                sum += double(w(f, ch % group::channels, u, v)) * double(dy(f, i, j));
                            });
                        }
                        dx(ch, h, k) = T(sum);
                    }
        }
    }
};

/// dw[f,c,u,v] = sum_{n,i,j} dy[n,f,i,j] · x[n, c, i·S+u·D−top, j·S+v·D−left],
/// db[f] = sum_{n,i,j} dy[n,f,i,j],   over the samples of one chunk
template <key K, class F, class T>
struct kernel<operations::conv_weight_gradient::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        using group = conv_groups<K>;
        const auto dw = group::weight(c.at[2]);
        for (int f = 0; f < K.y.d0; ++f) {
            for (int ch = 0; ch < group::channels; ++ch)
                for (int u = 0; u < K.win.kernel_h; ++u)
                    for (int v = 0; v < K.win.kernel_w; ++v)
                        dw(f, ch, u, v) = T(weight_sum(c, f, group::first_channel(f) + ch, u, v));
            if constexpr (K.bias) {
                double sum = 0;
                for (int n = c.first; n < c.last; ++n)
                    for (int p = 0; p < positions_of(K.y); ++p) sum += channels_of(c.at[1], n, K.y)(f, p);
                c.at[3][f] = T(sum);
            }
        }
    }

  private:
    static double weight_sum(const call<T>& c, int f, int ch, int u, int v) {
        double sum = 0;
        for (int n = c.first; n < c.last; ++n) {
            const auto x = image_sample(c.at[0], n, K.x), dy = image_sample(c.at[1], n, K.y);
            for (int i = 0; i < K.y.d1; ++i)
                for (int j = 0; j < K.y.d2; ++j) {
                    const int h = i * K.win.stride_h + u * K.win.dilation_h - K.win.top;
                    const int k = j * K.win.stride_w + v * K.win.dilation_w - K.win.left;
                    if (h >= 0 && h < K.x.d1 && k >= 0 && k < K.x.d2) sum += double(dy(f, i, j)) * double(x(ch, h, k));
                }
        }
        return sum;
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
