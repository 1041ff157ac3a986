#pragma once
/// group_norm — y = gamma[c] · (x − mean[g]) / sqrt(var[g] + epsilon) + beta[c], mean and variance of a sample's
/// numbers in the channels of group g = c / (C / G), at all positions (Wu & He 2018). One group per channel is the
/// instance norm (Ulyanov, Vedaldi & Lempitsky 2016).
/// Without k.bias without gamma and beta. With k.scale_only without the mean: y = x / sqrt(mean of x² + epsilon).
#include <strata/base/padded_to.hpp>
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::operations {

/// Per sample and channel: sum of dy, sum of dy · xhat, with xhat = (x − mean) · inverse.
/// Operands: x, statistics, dy → sums [2 C]
struct group_norm_sums {
    static constexpr const char* name = "group_norm_sums";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 5 * k.x.size(); }
};

/// Per chunk: the samples' sums, added.   Operands: sums [2 C] → partial dgamma [C], dbeta [C]
struct group_norm_parameter_gradient {
    static constexpr const char* name = "group_norm_parameter_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 2 * k.x.channels(); }
};

/// With g = gamma · dy:  dx = inverse · (g − mean of g − xhat · mean of g · xhat), means over the group; with
/// k.scale_only without the mean of g.   Operands: x, statistics, dy, sums, (gamma) → dx
struct group_norm_input_gradient {
    static constexpr const char* name = "group_norm_input_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 4};
    static constexpr long long flops(const key& k) { return 6 * k.x.size(); }
};

/// Operands: x, (gamma, beta) → y, statistics [2 C]: of each channel the mean of its group (0 with k.scale_only), then
/// of each 1 / sqrt(var + epsilon)
struct group_norm {
    static constexpr const char* name = "group_norm";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1};
    static constexpr long long flops(const key& k) { return 8 * k.x.size(); }

    static constexpr value append(graph& g, value x, value gamma, value beta, int groups, double epsilon) {
        key k;
        k.x = k.y = g.extents(x);
        k.groups = groups;
        k.real = epsilon;
        k.bias = gamma.exists();
        return append(g, k, x, gamma, beta);
    }
    /// All numbers of a sample are one group, in any layout: as the pixels of one channel.
    static constexpr value append_whole(graph& g, value x, double epsilon, bool scale_only) {
        key k;
        k.x = k.y = shape(1, 1, static_cast<int>(g.extents(x).size()));
        k.real = epsilon;
        k.scale_only = scale_only;
        return append(g, k, x, {}, {});
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value x = o.in[0], statistics = o.out[1], dy = d.of(o.out[0]);
        key k = o.k;
        const value sums = g.apply<group_norm_sums>(k, {x, statistics, dy}, shape(2 * k.x.d0));
        if (k.bias && (d.wanted(o.in[1]) || d.wanted(o.in[2]))) {
            const value out[] = {d.like_parameter(o.in[1], storage::partial),
                                 d.like_parameter(o.in[2], storage::partial)};
            g.add_operation<group_norm_parameter_gradient>(k, &sums, 1, out, 2);
            d.contribute_partials(o.in[1], out[0]);
            d.contribute_partials(o.in[2], out[1]);
        }
        if (!d.wanted(x)) return;
        const value in[] = {x, statistics, dy, sums, o.in[1]}, dx = g.add_value(g.extents(x));
        g.add_operation<group_norm_input_gradient>(k, in, k.bias ? 5 : 4, &dx, 1);
        d.contribute(x, dx);
    }

  private:
    static constexpr value append(graph& g, const key& k, value x, value gamma, value beta) {
        const value in[] = {x, gamma, beta}, out[] = {g.add_value(g.extents(x)), g.add_value(shape(2 * k.x.d0))};
        g.add_operation<group_norm>(k, in, k.bias ? 3 : 1, out, 2);
        return out[0];
    }
};

/// An item is a group of a sample, whose numbers are adjacent in a conventional image.
template <key K, class F>
struct definition<group_norm::kind, K, F> {
    static constexpr long long items = K.groups;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        using std::sqrt;
        constexpr int channels = K.x.d0 / K.groups, positions = positions_of(K.x), size = channels * positions;
        const place_in_batch at(i, items);
        const T* const x = c.at[0] + i * size;
        T *const y = c.at[K.bias ? 3 : 1] + i * size, *const statistics = c.at[K.bias ? 4 : 2] + at.n * 2LL * K.x.d0;
        Accumulator mean = 0, squares = 0;
        if constexpr (!K.scale_only) {
            for (int e = 0; e < size; ++e) mean += Accumulator(x[e]);
            mean /= Accumulator(size);
        }
        for (int e = 0; e < size; ++e) squares += (Accumulator(x[e]) - mean) * (Accumulator(x[e]) - mean);
        const Accumulator inverse =
            Accumulator(1) / sqrt(squares / Accumulator(size) + Accumulator(static_cast<double>(K.real)));
        for (int e = 0; e < size; ++e) {
            const Accumulator xhat = (Accumulator(x[e]) - mean) * inverse;
            if constexpr (K.bias) {
                const int ch = at.e * channels + e / positions;
                y[e] = T(Accumulator(c.at[1][ch]) * xhat + Accumulator(c.at[2][ch]));
            } else {
                y[e] = T(xhat);
            }
        }
        for (int ch = at.e * channels; ch < (at.e + 1) * channels; ++ch)
            statistics[ch] = T(mean), statistics[K.x.d0 + ch] = T(inverse);
    }
};

/// An item is a channel of a sample.
template <key K, class F>
struct definition<group_norm_sums::kind, K, F> {
    static constexpr long long items = K.x.d0;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        constexpr int positions = positions_of(K.x);
        const place_in_batch at(i, items);
        const T *const x = c.at[0] + i * positions, *const dy = c.at[2] + i * positions;
        const T* const statistics = c.at[1] + at.n * 2 * items;
        const auto mean = Accumulator(statistics[at.e]), inverse = Accumulator(statistics[items + at.e]);
        Accumulator sum = 0, products = 0;
        for (int p = 0; p < positions; ++p) {
            sum += Accumulator(dy[p]);
            products += Accumulator(dy[p]) * (Accumulator(x[p]) - mean) * inverse;
        }
        T* const sums = c.at[3] + at.n * 2 * items;
        sums[at.e] = T(sum), sums[items + at.e] = T(products);
    }
};

/// An item is a channel of a chunk's gamma and beta.
template <key K, class F>
struct definition<group_norm_parameter_gradient::kind, K, F> {
    static constexpr long long items = K.x.d0;
    static constexpr unit per = unit::chunk;
    static constexpr bool runs_on_cpu = true; // a few numbers for each sample
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const samples_of_task samples(c, at.n);
        Accumulator dgamma = 0, dbeta = 0;
        for (long long n = samples.first; n < samples.last; ++n) {
            dbeta += Accumulator(c.at[0][n * 2 * items + at.e]);
            dgamma += Accumulator(c.at[0][(n * 2 + 1) * items + at.e]);
        }
        const long long to = at.n * padded_to(items, alignment_elements) + at.e;
        c.at[1][to] = T(dgamma), c.at[2][to] = T(dbeta);
    }
};

/// An item is a channel of a sample.
template <key K, class F>
struct definition<group_norm_input_gradient::kind, K, F> {
    static constexpr long long items = K.x.d0;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        constexpr int channels = K.x.d0 / K.groups, positions = positions_of(K.x);
        const place_in_batch at(i, items);
        const T *const x = c.at[0] + i * positions, *const dy = c.at[2] + i * positions;
        const T *const statistics = c.at[1] + at.n * 2 * items, *const sums = c.at[3] + at.n * 2 * items;
        const auto mean = Accumulator(statistics[at.e]), inverse = Accumulator(statistics[items + at.e]);
        const Accumulator count = Accumulator(channels) * Accumulator(positions);
        Accumulator middle = 0, slope = 0;
        for (int ch = at.e / channels * channels, last = ch + channels; ch < last; ++ch) {
            middle += gamma<Accumulator>(c, ch) * Accumulator(sums[ch]);
            slope += gamma<Accumulator>(c, ch) * Accumulator(sums[items + ch]);
        }
        middle = K.scale_only ? Accumulator(0) : middle / count, slope /= count;
        T* const dx = c.at[K.bias ? 5 : 4] + i * positions;
        for (int p = 0; p < positions; ++p) {
            const Accumulator g = gamma<Accumulator>(c, at.e) * Accumulator(dy[p]);
            dx[p] = T(inverse * (g - middle - (Accumulator(x[p]) - mean) * inverse * slope));
        }
    }

  private:
    template <class Accumulator, class T>
    STRATA_HD static Accumulator gamma([[maybe_unused]] const call<T>& c, [[maybe_unused]] int ch) {
        if constexpr (K.bias) return Accumulator(c.at[4][ch]);
        else return Accumulator(1);
    }
};

} // namespace strata::inline STRATA_ABI::operations
