#pragma once
/// layer_norm — y = gamma[d] · (x[d] − mean) / sqrt(var + epsilon) + beta[d], mean and variance of the D numbers of a
/// flat value, or of each position of a sequence, an image or a signal (Ba, Kiros & Hinton 2016).
/// With k.scale_only without the mean and beta, rms_norm: y = gamma[d] · x[d] / sqrt(mean of x² + epsilon) (Zhang &
/// Sennrich 2019).
#include <strata/base/padded_to.hpp>
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::operations {

/// With xhat = (x − mean) · inverse, g = gamma · dy:  dx = inverse · (g − mean of g − xhat · mean of g · xhat);
/// with k.scale_only without the mean of g.   Operands: x, statistics, gamma, dy → dx
struct layer_norm_input_gradient {
    static constexpr const char* name = "layer_norm_input_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return 9 * k.x.size(); }
};

/// Per chunk: the sums of dy · xhat, and of dy.   Operands: x, statistics, dy → partial dgamma [D], (dbeta [D])
struct layer_norm_parameter_gradient {
    static constexpr const char* name = "layer_norm_parameter_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return 5 * k.x.size(); }
};

/// Operands: x, gamma, (beta) → y, statistics [2] of each row: mean (0 with k.scale_only), 1 / sqrt(var + epsilon)
struct layer_norm {
    static constexpr const char* name = "layer_norm";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1, .on_rows = true};
    static constexpr long long flops(const key& k) { return 7 * k.x.size(); }

    static constexpr value append(graph& g, value x, value gamma, value beta, double epsilon, bool scale_only) {
        key k;
        k.x = k.y = g.extents(x);
        k.real = epsilon;
        k.bias = beta.exists();
        k.scale_only = scale_only;
        const value in[] = {x, gamma, beta}, out[] = {g.add_value(k.y), g.add_value(k.x.with_channels(2))};
        g.add_operation<layer_norm>(k, in, k.bias ? 3 : 2, out, 2);
        return out[0];
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value x = o.in[0], gamma = o.in[1], statistics = o.out[1], dy = d.of(o.out[0]);
        key k = o.k;
        if (d.wanted(gamma)) {
            const value in[] = {x, statistics, dy};
            value out[] = {d.like_parameter(gamma, storage::partial), {}};
            if (k.bias) out[1] = d.like_parameter(o.in[2], storage::partial);
            g.add_operation<layer_norm_parameter_gradient>(k, in, 3, out, k.bias ? 2 : 1);
            d.contribute_partials(gamma, out[0]);
            if (k.bias) d.contribute_partials(o.in[2], out[1]);
        }
        if (d.wanted(x)) {
            k.bias = false;
            d.contribute(x, g.apply<layer_norm_input_gradient>(k, {x, statistics, gamma, dy}, k.x));
        }
    }
};

/// An item is a row: a flat value, or the numbers of a position. Statistics are by row, in any layout.
template <key K, class F>
struct definition<layer_norm::kind, K, F> {
    static constexpr long long items = positions_of(K.x);
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        using std::sqrt;
        constexpr int size = K.x.d0;
        const place_in_batch at(i, items);
        const auto x = pixel_of(c.at[0], at.n, at.e, K.x, K.channels_last);
        const auto y = pixel_of(c.at[K.bias ? 3 : 2], at.n, at.e, K.x, K.channels_last);
        T* const statistics = c.at[K.bias ? 4 : 3] + 2 * i;
        Accumulator mean = 0, squares = 0;
        if constexpr (!K.scale_only) {
            for (int e = 0; e < size; ++e) mean += Accumulator(x(e));
            mean /= Accumulator(size);
        }
        for (int e = 0; e < size; ++e) squares += (Accumulator(x(e)) - mean) * (Accumulator(x(e)) - mean);
        const Accumulator inverse =
            Accumulator(1) / sqrt(squares / Accumulator(size) + Accumulator(static_cast<double>(K.real)));
        for (int e = 0; e < size; ++e) {
            const Accumulator scaled = Accumulator(c.at[1][e]) * (Accumulator(x(e)) - mean) * inverse;
            if constexpr (K.bias) y(e) = T(scaled + Accumulator(c.at[2][e]));
            else y(e) = T(scaled);
        }
        statistics[0] = T(mean), statistics[1] = T(inverse);
    }
};

template <key K, class F>
struct definition<layer_norm_input_gradient::kind, K, F> {
    static constexpr long long items = positions_of(K.x);
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        constexpr int size = K.x.d0;
        const place_in_batch at(i, items);
        const auto x = pixel_of(c.at[0], at.n, at.e, K.x, K.channels_last);
        const auto dy = pixel_of(c.at[3], at.n, at.e, K.x, K.channels_last);
        const auto dx = pixel_of(c.at[4], at.n, at.e, K.x, K.channels_last);
        const T* const gamma = c.at[2];
        const Accumulator mean(c.at[1][2 * i]), inverse(c.at[1][2 * i + 1]);
        Accumulator sum = 0, product = 0;
        for (int e = 0; e < size; ++e) {
            const Accumulator g = Accumulator(gamma[e]) * Accumulator(dy(e));
            sum += g, product += g * (Accumulator(x(e)) - mean) * inverse;
        }
        const Accumulator middle = K.scale_only ? Accumulator(0) : sum / Accumulator(size),
                          slope = product / Accumulator(size);
        for (int e = 0; e < size; ++e) {
            const Accumulator g = Accumulator(gamma[e]) * Accumulator(dy(e));
            dx(e) = T(inverse * (g - middle - (Accumulator(x(e)) - mean) * inverse * slope));
        }
    }
};

/// An item is one number of a chunk's gamma and beta.
template <key K, class F>
struct definition<layer_norm_parameter_gradient::kind, K, F> {
    static constexpr long long items = K.x.d0;
    static constexpr unit per = unit::chunk;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        constexpr int positions = positions_of(K.x);
        const place_in_batch at(i, items);
        const samples_of_task samples(c, at.n);
        Accumulator dgamma = 0, dbeta = 0;
        for (int n = samples.first; n < samples.last; ++n)
            for (int p = 0; p < positions; ++p) {
                const T* const statistics = c.at[1] + 2 * (static_cast<long long>(n) * positions + p);
                const Accumulator dy(pixel_of(c.at[2], n, p, K.x, K.channels_last)(at.e));
                const Accumulator x(pixel_of(c.at[0], n, p, K.x, K.channels_last)(at.e));
                dgamma += dy * (x - Accumulator(statistics[0])) * Accumulator(statistics[1]), dbeta += dy;
            }
        const long long to = at.n * padded_to(items, alignment_elements) + at.e;
        c.at[3][to] = T(dgamma);
        if constexpr (K.bias) c.at[4][to] = T(dbeta);
    }
};

} // namespace strata::inline STRATA_ABI::operations
