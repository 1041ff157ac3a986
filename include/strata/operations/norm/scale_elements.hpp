#pragma once
/// scale_elements — y[e] = gamma[e] · x[e] + beta[e], a factor and a shift for each number of a sample.
#include <strata/base/padded_to.hpp>
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Per chunk: the sums of dy · x, and of dy.   Operands: x, dy → partial dgamma, (dbeta), of the sample's extents
struct scale_elements_parameter_gradient {
    static constexpr const char* name = "scale_elements_parameter_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 3 * k.x.size(); }
};

/// Operands: x, gamma, (beta) → y
struct scale_elements {
    static constexpr const char* name = "scale_elements";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1};
    static constexpr long long flops(const key& k) { return 2 * k.x.size(); }

    static constexpr value append(graph& g, value x, value gamma, value beta) {
        key k;
        k.x = k.y = g.extents(x);
        k.bias = beta.exists();
        const value in[] = {x, gamma, beta}, y = g.add_value(k.y);
        g.add_operation<scale_elements>(k, in, k.bias ? 3 : 2, &y, 1);
        return y;
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value x = o.in[0], gamma = o.in[1], dy = d.of(o.out[0]);
        key k = o.k;
        if (d.wanted(gamma)) {
            const value in[] = {x, dy};
            value out[] = {d.like_parameter(gamma, storage::partial), {}};
            if (k.bias) out[1] = d.like_parameter(o.in[2], storage::partial);
            g.add_operation<scale_elements_parameter_gradient>(k, in, 2, out, k.bias ? 2 : 1);
            d.contribute_partials(gamma, out[0]);
            if (k.bias) d.contribute_partials(o.in[2], out[1]);
        }
        if (d.wanted(x)) {
            k.bias = false;
            d.contribute(x, g.apply<scale_elements>(k, {dy, gamma}, k.x));
        }
    }
};

template <key K, class F>
struct definition<scale_elements::kind, K, F> {
    static constexpr long long items = K.x.size();
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image in(at.e, K.x, K.channels_last);
        const auto gamma = image_of(c.at[1], 0, K.x, false); // parameters are conventional
        const Accumulator scaled = Accumulator(gamma(in.c, in.h, in.w)) * Accumulator(c.at[0][i]);
        if constexpr (K.bias) c.at[3][i] = T(scaled + Accumulator(image_of(c.at[2], 0, K.x, false)(in.c, in.h, in.w)));
        else c.at[2][i] = T(scaled);
    }
};

/// An item is one number of a chunk's gamma and beta.
template <key K, class F>
struct definition<scale_elements_parameter_gradient::kind, K, F> {
    static constexpr long long items = K.x.size();
    static constexpr unit per = unit::chunk;
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const samples_of_task samples(c, at.n);
        const place_in_image in(at.e, K.x);
        Accumulator dgamma = 0, dbeta = 0;
        for (int n = samples.first; n < samples.last; ++n) {
            const Accumulator dy(image_of(c.at[1], n, K.x, K.channels_last)(in.c, in.h, in.w));
            dgamma += dy * Accumulator(image_of(c.at[0], n, K.x, K.channels_last)(in.c, in.h, in.w)), dbeta += dy;
        }
        const long long to = at.n * padded_to(items, alignment_elements) + at.e;
        c.at[2][to] = T(dgamma);
        if constexpr (K.bias) c.at[3][to] = T(dbeta);
    }
};

} // namespace strata::inline STRATA_ABI::operations
