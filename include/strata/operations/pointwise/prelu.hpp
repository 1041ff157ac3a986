#pragma once
/// prelu — y = x where x > 0, else w[c] · x: one slope per channel, or one for all (k.w [1]).
#include <strata/base/padded_to.hpp>
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// dx = dy where x > 0, else w[c] · dy.   Operands: x, w, dy → dx
struct prelu_input_gradient {
    static constexpr const char* name = "prelu_input_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return k.x.size(); }
};

/// Per chunk: the sums of x · dy where x is not above 0.   Operands: x, dy → partial dw
struct prelu_slope_gradient {
    static constexpr const char* name = "prelu_slope_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return 2 * k.x.size(); }
};

/// Operands: x, w → y
struct prelu {
    static constexpr const char* name = "prelu";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1, .on_rows = true};
    static constexpr long long flops(const key& k) { return k.x.size(); }

    static constexpr value append(graph& g, value x, value w) {
        key k;
        k.x = k.y = g.extents(x);
        k.w = g.extents(w);
        return g.apply<prelu>(k, {x, w}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value x = o.in[0], w = o.in[1], dy = d.of(o.out[0]);
        if (d.wanted(w)) {
            const value in[] = {x, dy}, out = d.like_parameter(w, storage::partial);
            g.add_operation<prelu_slope_gradient>(o.k, in, 2, &out, 1);
            d.contribute_partials(w, out);
        }
        if (d.wanted(x)) d.contribute(x, g.apply<prelu_input_gradient>(o.k, {x, w, dy}, o.k.x));
    }
    /// The slope of element e of a sample, or of a position.
    STRATA_HD static constexpr int slope_of(const key& k, int e) {
        return k.w.d0 == 1 ? 0 : place_in_image(e, k.x, k.channels_last).c;
    }
};

template <key K, class F>
struct definition<prelu::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const T x = c.at[0][i];
        c.at[2][i] = x > T(0) ? x : T(Accumulator(x) * Accumulator(c.at[1][prelu::slope_of(K, at.e)]));
    }
};

template <key K, class F>
struct definition<prelu_input_gradient::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const T dy = c.at[2][i];
        c.at[3][i] = c.at[0][i] > T(0) ? dy : T(Accumulator(dy) * Accumulator(c.at[1][prelu::slope_of(K, at.e)]));
    }
};

/// An item is one number of a chunk's dw.
template <key K, class F>
struct definition<prelu_slope_gradient::kind, K, F> {
    static constexpr long long items = K.w.d0;
    static constexpr unit per = unit::chunk;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        constexpr int channels = K.w.d0 == 1 ? 1 : K.w.d0;
        constexpr int each = static_cast<int>(K.x.size()) / channels;
        const place_in_batch at(i, items);
        const samples_of_task samples(c, at.n);
        Accumulator sum = 0;
        for (long long n = samples.first; n < samples.last; ++n)
            for (int p = 0; p < each; ++p) {
                const long long e =
                    n * K.x.size() + (K.channels_last && channels > 1 ? p * channels + at.e : at.e * each + p);
                if (!(c.at[0][e] > T(0))) sum += Accumulator(c.at[0][e]) * Accumulator(c.at[1][e]);
            }
        c.at[2][at.n * padded_to(items, alignment_elements) + at.e] = T(sum);
    }
};

} // namespace strata::inline STRATA_ABI::operations
