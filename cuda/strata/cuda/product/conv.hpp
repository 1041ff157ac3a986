#pragma once
/// Kernels of conv:  x [C, H, W] → y [F, H', W'];  w [F, C/G, KH, KW], b [F]. Direct sums, one thread a result.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/product/conv.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

template <key K>
struct conv_facts {
    static constexpr int channels = K.x.d0 / K.groups, filters = K.y.d0 / K.groups; ///< of one group
    static constexpr int taps = K.win.kernel_h * K.win.kernel_w;
    static constexpr int weights = K.y.d0 * channels * taps;
    /// The first channel that filter f reads, and the first filter that reads channel c.
    STRATA_HD static constexpr int first_channel(int f) { return f / filters * channels; }
    STRATA_HD static constexpr int first_filter(int c) { return c / channels * filters; }
    template <class T>
    STRATA_HD static constexpr weight_view<T> weight(T* w) {
        return {w, channels, K.win.kernel_h, K.win.kernel_w};
    }
};

/// y[n,f,i,j] = f( b[f] + sum_{c,u,v} w[f,c,u,v] · x[n, c, i·S+u·D−top, j·S+v·D−left] );
/// scaled: f( sum · scale[f] + shift[f] )
template <key K, class F, class T>
struct kernel<operations::conv::kind, K, F, T> {
    using facts = conv_facts<K>;
    static constexpr int result = 2 + (K.bias ? 1 : 0) + (K.scaled ? 2 : 0);

    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.y.size(); }
    STRATA_HD static void item(const call<T>& c, long long index) {
        const place_in_batch at(index, K.y.size());
        const place_in_image y(at.e, K.y);
        const auto x = image_sample(c.at[0], at.n, K.x);
        const auto w = facts::weight(c.at[1]);
        const int first = facts::first_channel(y.c);
        T sum = 0;
        for (int ch = 0; ch < facts::channels; ++ch)
            each_tap<K>(y.h, y.w, [&](int u, int v, int h, int k) { sum += w(y.c, ch, u, v) * x(first + ch, h, k); });
        if constexpr (K.bias) sum += c.at[2][y.c];
        if constexpr (K.scaled) sum = sum * c.at[2][y.c] + c.at[3][y.c];
        c.at[result][index] = epilogue<K, F>(sum);
    }
};

/// dx[n,c,h,w] = sum over all (f,u,v) that read it of w[f,c,u,v] · dy[n,f,i,j]
template <key K, class F, class T>
struct kernel<operations::conv_input_gradient::kind, K, F, T> {
    using facts = conv_facts<K>;

    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long index) {
        const place_in_batch at(index, K.x.size());
        const place_in_image x(at.e, K.x);
        const auto dy = image_sample(c.at[0], at.n, K.y);
        const auto w = facts::weight(c.at[1]);
        const int first = facts::first_filter(x.c), ch = x.c % facts::channels;
        T sum = 0;
        for (int f = first; f < first + facts::filters; ++f)
            each_reader<K>(x.h, x.w, [&](int u, int v, int i, int j) { sum += w(f, ch, u, v) * dy(f, i, j); });
        c.at[2][index] = sum;
    }
};

/// dw[f,c,u,v] = sum_{n,i,j} dy[n,f,i,j] · x[n, c, i·S+u·D−top, j·S+v·D−left],  db[f] = sum_{n,i,j} dy[n,f,i,j],
/// over the samples of one chunk. Items: the weights of a chunk, then its biases.
template <key K, class F, class T>
struct kernel<operations::conv_weight_gradient::kind, K, F, T> {
    using facts = conv_facts<K>;
    static constexpr int of_a_chunk = facts::weights + (K.bias ? K.y.d0 : 0);

    STRATA_HD static long long items(const call<T>& c) { return 1LL * c.chunks * of_a_chunk; }
    STRATA_HD static void item(const call<T>& c, long long index) {
        const int chunk = static_cast<int>(index / of_a_chunk), e = static_cast<int>(index % of_a_chunk);
        if (e < facts::weights) partial_of_chunk(c.at[2], chunk, facts::weights)[e] = weight_sum(c, chunk, e);
        else partial_of_chunk(c.at[3], chunk, K.y.d0)[e - facts::weights] = bias_sum(c, chunk, e - facts::weights);
    }

  private:
    STRATA_HD static T weight_sum(const call<T>& c, int chunk, int e) {
        const int v = e % K.win.kernel_w, u = e / K.win.kernel_w % K.win.kernel_h;
        const int f = e / (facts::taps * facts::channels),
                  ch = facts::first_channel(f) + e / facts::taps % facts::channels;
        const samples_of_chunk samples(c, chunk);
        T sum = 0;
        for (int n = samples.first; n < samples.last; ++n) {
            const auto x = image_sample(c.at[0], n, K.x), dy = image_sample(c.at[1], n, K.y);
            for (int i = 0; i < K.y.d1; ++i) {
                const int h = i * K.win.stride_h + u * K.win.dilation_h - K.win.top;
                if (h < 0 || h >= K.x.d1) continue;
                for (int j = 0; j < K.y.d2; ++j) {
                    const int k = j * K.win.stride_w + v * K.win.dilation_w - K.win.left;
                    if (k >= 0 && k < K.x.d2) sum += dy(f, i, j) * x(ch, h, k);
                }
            }
        }
        return sum;
    }
    STRATA_HD static T bias_sum(const call<T>& c, int chunk, int f) {
        const samples_of_chunk samples(c, chunk);
        T sum = 0;
        for (int n = samples.first; n < samples.last; ++n)
            for (int p = 0; p < positions_of(K.y); ++p) sum += channels_of(c.at[1], n, K.y)(f, p);
        return sum;
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
