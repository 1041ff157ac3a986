#pragma once
/// Kernels of batch_norm, over rows of C channels: pixels of channels-last images, or flat samples.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/norm/channel_moments.hpp>
#include <strata/operations/norm/batch_norm.hpp>

#include <array>
#include <cmath>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

/// N numbers of each channel, once for each number of a row: of(c, n) gives them for n <= lanes channels from c on.
template <int N, class T>
struct channel_table {
    static constexpr int scratch = N * widest_rows;
    T* of[unsigned(N)];

    explicit channel_table(T* memory) {
        for (int k = 0; k < N; ++k) of[k] = memory + k * widest_rows;
    }
    template <class Arch, class Of>
    void fill(const channel_rows& rows, Of&& numbers) {
        each_register<T, Arch>(rows.channels, [&](std::ptrdiff_t i, int n) {
            const std::array<vec<T, Arch>, unsigned(N)> some = numbers(rows.channel + i, n);
            for (int k = 0; k < N; ++k) store<T, Arch>(of[k] + i, some[static_cast<std::size_t>(k)], n);
        });
        for (int k = 0; k < N; ++k)
            for (int i = rows.channels; i < rows.width; ++i) of[k][i] = of[k][i - rows.channels];
    }
};

/// Calls body(at, n, of) for the n numbers that begin `at` numbers after the first row's start; `of` are the table's
/// registers for them. A strip keeps them for a page of narrow rows; wide rows are processed one by one.
template <int N, class T, class Arch, class Body>
[[gnu::always_inline]] inline void map_rows(const channel_rows& rows, const channel_table<N, T>& table, Body&& body) {
    constexpr int lanes = lanes_of<T, Arch>;
    const std::ptrdiff_t block = rows.template block<T>(4 << 10, 1);
    for (std::ptrdiff_t first = 0; first < rows.count; first += block) {
        const std::ptrdiff_t last = first + block < rows.count ? first + block : rows.count;
        each_strip<T, Arch>(rows.width, [&](auto strip, int i, int n) {
            constexpr int R = decltype(strip)::count;
            const int whole = R > 1 ? lanes : n;
            vec<T, Arch> of[unsigned(R)][unsigned(N)];
#pragma GCC unroll 4
            for (int v = 0; v < R; ++v)
#pragma GCC unroll 4
                for (int k = 0; k < N; ++k) of[v][k] = load<T, Arch>(table.of[k] + i + v * lanes, whole);
            for (std::ptrdiff_t r = first; r < last; ++r)
#pragma GCC unroll 4
                for (int v = 0; v < R; ++v) body(r * rows.stride + i + v * lanes, whole, of[v]);
        });
    }
}

/// y = (x − mean) · scale + shift
template <class T, class Arch>
[[gnu::noinline]] void scale_rows(const channel_rows& rows, const T* x, T* y,
                                  const channel_table<3, T>& table) noexcept {
    map_rows<3, T, Arch>(rows, table, [&](std::ptrdiff_t at, int n, const auto& of) {
        store<T, Arch>(y + at, multiply_add<T, Arch>(load<T, Arch>(x + at, n) - of[0], of[1], of[2]), n);
    });
}
/// Without gamma and beta, where they are null.
template <class T, class Arch>
[[gnu::noinline]] void batch_norm_values(const T* x, T* y, std::ptrdiff_t rows, int channels, const T* statistics,
                                         const T* gamma, const T* beta, T* scratch) noexcept {
    each_channel_rows<T, Arch>(rows, channels, [&](const channel_rows& part) {
        channel_table<3, T> table(scratch);
        table.template fill<Arch>(part, [&](std::ptrdiff_t c, int n) {
            const auto inverse = load<T, Arch>(statistics + channels + c, n);
            return std::array{load<T, Arch>(statistics + c, n),
                              gamma != nullptr ? load<T, Arch>(gamma + c, n) * inverse : inverse,
                              beta != nullptr ? load<T, Arch>(beta + c, n) : vec<T, Arch>(T(0))};
        });
        scale_rows<T, Arch>(part, x + part.at(), y + part.at(), table);
    });
}
/// Without mean and beta, where they are null: the gradient.
template <class T, class Arch>
[[gnu::noinline]] void batch_norm_inference_values(const T* x, T* y, std::ptrdiff_t rows, int channels, const T* gamma,
                                                   const T* beta, const T* mean, const T* variance, T epsilon,
                                                   T* scratch) noexcept {
    using V = vec<T, Arch>;
    each_channel_rows<T, Arch>(rows, channels, [&](const channel_rows& part) {
        channel_table<3, T> table(scratch);
        table.template fill<Arch>(part, [&](std::ptrdiff_t c, int n) {
            const V zero(T(0)), deviation = square_root<T, Arch>(load<T, Arch>(variance + c, n) + V(epsilon));
            const V scale = quotient<T, Arch>(load<T, Arch>(gamma + c, n), deviation);
            return std::array{mean != nullptr ? load<T, Arch>(mean + c, n) : zero, scale,
                              beta != nullptr ? load<T, Arch>(beta + c, n) : zero};
        });
        scale_rows<T, Arch>(part, x + part.at(), y + part.at(), table);
    });
}

/// Sums of dy and of dy · (x − mean) over rows.
template <class T, class Arch>
[[gnu::noinline]] void gradient_sums_of_rows(const channel_rows& rows, const T* x, const T* dy,
                                             const channel_table<1, T>& mean, channel_table<2, T>& sums) noexcept {
    using V = vec<T, Arch>;
    constexpr int lanes = lanes_of<T, Arch>;
    const std::ptrdiff_t block = rows.template block<T>(16 << 10, 16);
    for (std::ptrdiff_t first = 0; first < rows.count; first += block) {
        const std::ptrdiff_t count = first + block < rows.count ? block : rows.count - first,
                             begin = first * rows.stride;
        each_strip<T, Arch>(rows.width, [&](auto strip, int i, int n) {
            constexpr int R = decltype(strip)::count;
            const int whole = R > 1 ? lanes : n;
            V means[unsigned(R)], sum[unsigned(R)][2];
#pragma GCC unroll 4
            for (int v = 0; v < R; ++v) means[v] = load<T, Arch>(mean.of[0] + i + v * lanes, whole);
            sum_columns(count, sum, [&](std::ptrdiff_t r, int v, V(&terms)[2]) {
                const std::ptrdiff_t at = begin + r * rows.stride + i + v * lanes;
                const V g = load<T, Arch>(dy + at, whole);
                terms[0] += g;
                terms[1] = multiply_add<T, Arch>(g, load<T, Arch>(x + at, whole) - means[v], terms[1]);
            });
#pragma GCC unroll 4
            for (int v = 0; v < R; ++v)
#pragma GCC unroll 2
                for (int s = 0; s < 2; ++s) {
                    T* const to = sums.of[s] + i + v * lanes;
                    store<T, Arch>(to, first > 0 ? load<T, Arch>(to, whole) + sum[v][s] : sum[v][s], whole);
                }
        });
    }
}
template <class T, class Arch>
[[gnu::noinline]] void batch_norm_gradient_sums(const T* x, const T* dy, std::ptrdiff_t rows, int channels,
                                                const T* statistics, T* sums, T* scratch) noexcept {
    using V = vec<T, Arch>;
    each_channel_rows<T, Arch>(rows, channels, [&](const channel_rows& part) {
        channel_table<1, T> mean(scratch);
        channel_table<2, T> found(scratch + mean.scratch);
        mean.template fill<Arch>(part,
                                 [&](std::ptrdiff_t c, int n) { return std::array{load<T, Arch>(statistics + c, n)}; });
        gradient_sums_of_rows<T, Arch>(part, x + part.at(), dy + part.at(), mean, found);
        for (int i = 0; i < part.width; i += part.channels)
            each_register<T, Arch>(part.channels, [&](std::ptrdiff_t c, int n) {
                const std::ptrdiff_t channel = part.channel + c;
                V sum = load<T, Arch>(found.of[0] + i + c, n);
                V products = load<T, Arch>(found.of[1] + i + c, n) * load<T, Arch>(statistics + channels + channel, n);
                if (part.before + i > 0)
                    sum += load<T, Arch>(sums + channel, n), products += load<T, Arch>(sums + channels + channel, n);
                store<T, Arch>(sums + channel, sum, n);
                store<T, Arch>(sums + channels + channel, products, n);
            });
    });
}

/// dx = scale · (dy − dbeta + (x − mean) · slope)
template <class T, class Arch>
[[gnu::noinline]] void input_gradients_of_rows(const channel_rows& rows, const T* x, const T* dy, T* dx,
                                               const channel_table<4, T>& table) noexcept {
    map_rows<4, T, Arch>(rows, table, [&](std::ptrdiff_t at, int n, const auto& of) {
        const auto g = load<T, Arch>(dy + at, n) - of[1];
        store<T, Arch>(dx + at, multiply_add<T, Arch>(load<T, Arch>(x + at, n) - of[0], of[2], g) * of[3], n);
    });
}
template <class T, class Arch>
[[gnu::noinline]] void batch_norm_input_gradients(const T* x, const T* dy, T* dx, std::ptrdiff_t rows, int channels,
                                                  const T* statistics, const T* gamma, const T* dgamma, const T* dbeta,
                                                  T share, T* scratch) noexcept {
    using V = vec<T, Arch>;
    each_channel_rows<T, Arch>(rows, channels, [&](const channel_rows& part) {
        channel_table<4, T> table(scratch);
        table.template fill<Arch>(part, [&](std::ptrdiff_t c, int n) {
            const V inverse = load<T, Arch>(statistics + channels + c, n);
            return std::array{load<T, Arch>(statistics + c, n), load<T, Arch>(dbeta + c, n) * V(share),
                              load<T, Arch>(dgamma + c, n) * inverse * V(-share),
                              load<T, Arch>(gamma + c, n) * inverse};
        });
        input_gradients_of_rows<T, Arch>(part, x + part.at(), dy + part.at(), dx + part.at(), table);
    });
}

/// Joins the moments of all chunks, in double. The loop over chunks is the outer one, since a channel's numbers are far
/// apart.
template <class T>
[[gnu::noinline]] void joined_statistics(const call<T>& c, int channels, int positions, double epsilon,
                                         double momentum) noexcept {
    const std::ptrdiff_t stride = padded_to(2LL * channels, alignment_elements);
    T* const running_mean = c.at[1];
    T* const running_variance = c.at[2];
    T* const statistics = c.at[3];
    constexpr int most = 256;
    for (int first = 0; first < channels; first += most) {
        const int some = channels - first < most ? channels - first : most;
        double mean[most]{}, squares[most]{}, count = 0;
        for (int chunk = 0; chunk < c.chunks; ++chunk) {
            const int samples = chunk + 1 < c.chunks ? c.chunk_size : c.batch - chunk * c.chunk_size;
            const double more = static_cast<double>(samples) * positions;
            const T* const moments = c.at[0] + chunk * stride + first;
            const joint_moments joint(count, more);
            for (int i = 0; i < some; ++i)
                joint.join<double>(mean[i], squares[i], static_cast<double>(moments[i]),
                                   static_cast<double>(moments[channels + i]));
            count += more;
        }
        for (int i = 0; i < some; ++i) {
            const int ch = first + i;
            statistics[ch] = static_cast<T>(mean[i]);
            statistics[channels + ch] = static_cast<T>(1 / std::sqrt(squares[i] / count + epsilon));
            running_mean[ch] += static_cast<T>(momentum * (mean[i] - static_cast<double>(running_mean[ch])));
            if (count <= 1) continue; // one number has no unbiased variance
            const double unbiased = squares[i] / (count - 1);
            running_variance[ch] += static_cast<T>(momentum * (unbiased - static_cast<double>(running_variance[ch])));
        }
    }
}

/// Rows of C numbers in a task of samples.
template <key K, class T>
struct rows_of_task {
    static constexpr int C = K.x.d0;
    std::ptrdiff_t first, count;
    explicit rows_of_task(const call<T>& c)
        : first(std::ptrdiff_t(c.first) * positions_of(K.x)),
          count(std::ptrdiff_t(c.last - c.first) * positions_of(K.x)) {}
    T* in(T* block) const { return block + first * C; }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::batch_moments::kind, K, F, T, Arch> {
    static constexpr int scratch = scratch_of_moments<T>;
    static void run(const call<T>& c) noexcept {
        const rows_of_task<K, T> rows(c);
        channel_moments<T, Arch>(rows.in(c.at[0]), rows.count, K.x.d0, c.at[1], c.at[1] + K.x.d0, c.scratch);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::batch_statistics::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept { joined_statistics(c, K.x.d0, positions_of(K.x), K.real, K.momentum); }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::batch_norm::kind, K, F, T, Arch> {
    static constexpr int scratch = channel_table<3, T>::scratch;
    static void run(const call<T>& c) noexcept {
        const rows_of_task<K, T> rows(c);
        batch_norm_values<T, Arch>(rows.in(c.at[0]), rows.in(c.at[4]), rows.count, K.x.d0, c.at[1], c.at[2], c.at[3],
                                   c.scratch);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::batch_norm_inference::kind, K, F, T, Arch> {
    static constexpr int scratch = channel_table<3, T>::scratch;
    static void run(const call<T>& c) noexcept {
        const rows_of_task<K, T> rows(c);
        batch_norm_inference_values<T, Arch>(rows.in(c.at[0]), rows.in(c.at[5]), rows.count, K.x.d0, c.at[1],
                                             K.scale_only ? nullptr : c.at[2], K.scale_only ? nullptr : c.at[3],
                                             c.at[4], T(K.real), c.scratch);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::batch_norm_sums::kind, K, F, T, Arch> {
    static constexpr int scratch = channel_table<3, T>::scratch;
    static void run(const call<T>& c) noexcept {
        const rows_of_task<K, T> rows(c);
        batch_norm_gradient_sums<T, Arch>(rows.in(c.at[0]), rows.in(c.at[2]), rows.count, K.x.d0, c.at[1], c.at[3],
                                          c.scratch);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::batch_norm_parameter_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int C = K.x.d0;
        constexpr std::ptrdiff_t stride = padded_to(2LL * C, alignment_elements);
        for (int ch = 0; ch < C; ++ch) c.at[1][ch] = c.at[2][ch] = T(0);
        for (int chunk = 0; chunk < c.chunks; ++chunk)
            each_register<T, Arch>(C, [&](std::ptrdiff_t ch, int n) {
                const T* const sums = c.at[0] + chunk * stride + ch;
                store<T, Arch>(c.at[1] + ch, load<T, Arch>(c.at[1] + ch, n) + load<T, Arch>(sums + C, n), n);
                store<T, Arch>(c.at[2] + ch, load<T, Arch>(c.at[2] + ch, n) + load<T, Arch>(sums, n), n);
            });
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::batch_norm_input_gradient::kind, K, F, T, Arch> {
    static constexpr int scratch = channel_table<4, T>::scratch;
    static void run(const call<T>& c) noexcept {
        const rows_of_task<K, T> rows(c);
        const T share = T(1) / (static_cast<T>(c.batch) * static_cast<T>(positions_of(K.x)));
        batch_norm_input_gradients<T, Arch>(rows.in(c.at[0]), rows.in(c.at[3]), rows.in(c.at[6]), rows.count, K.x.d0,
                                            c.at[1], c.at[2], c.at[4], c.at[5], share, c.scratch);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::fold_batch_norm::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int C = K.x.d0;
        T* const scale = c.at[K.bias ? 5 : 4];
        T* const shift = c.at[K.bias ? 6 : 5];
        for (int ch = 0; ch < C; ++ch) {
            scale[ch] = c.at[0][ch] / std::sqrt(c.at[3][ch] + T(K.real));
            shift[ch] = c.at[1][ch] + ((K.bias ? c.at[4][ch] : T(0)) - c.at[2][ch]) * scale[ch];
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
