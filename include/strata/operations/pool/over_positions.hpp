#pragma once
/// over_positions — of each channel of a sequence [T, D] or a signal [C, T] one number over all positions: their mean,
/// or the largest. Of samples that are padded, positions behind a sample's end do not count (see sample_length); a
/// sample of nothing but padding gives 0.
#include <strata/call/definition.hpp>
#include <strata/call/sample_length.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// The key and operands of all four: k.w are the tokens whose padding the positions have, k.begin is the token of the
/// padding. Tokens are the last operand; without them all positions count.
template <class Operation, unsigned Inputs>
constexpr value apply_over_positions(graph& g, const key& k, const value (&in)[Inputs], value tokens, const shape& y) {
    value all[Inputs + 1];
    for (unsigned i = 0; i < Inputs; ++i) all[i] = in[i];
    all[Inputs] = tokens;
    const value out = g.add_value(y);
    g.add_operation<Operation>(k, all, static_cast<int>(Inputs) + (tokens.exists() ? 1 : 0), &out, 1);
    return out;
}
template <class Operation>
constexpr value append_over_positions(graph& g, value x) {
    const value tokens = g.padded_tokens(x);
    key k;
    k.x = g.extents(x);
    k.y = shape(k.x.channels());
    if (tokens.exists()) k.w = g.extents(tokens), k.begin = g.values[tokens.index].padding;
    return apply_over_positions<Operation>(g, k, {x}, tokens, k.y);
}

/// dx[t,d] = dy[d] / length where t < length, else 0.   Operands: dy, (tokens) → dx
struct mean_over_positions_gradient {
    static constexpr const char* name = "mean_over_positions_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.takes_tokens = true};
    static constexpr long long flops(const key& k) { return k.y.size(); }
};
/// y[d] = sum of x[t,d] over t < length, / length.   Operands: x, (tokens) → y
struct mean_over_positions {
    static constexpr const char* name = "mean_over_positions";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.takes_tokens = true};
    static constexpr long long flops(const key& k) { return k.x.size(); }

    static constexpr value append(graph& g, value x) { return append_over_positions<mean_over_positions>(g, x); }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value tokens = o.inputs > 1 ? o.in[1] : value{};
        d.contribute(o.in[0],
                     apply_over_positions<mean_over_positions_gradient>(g, o.k, {d.of(o.out[0])}, tokens, o.k.x));
    }
};

/// The gradient goes to the first position that is the largest.   Operands: x, dy, (tokens) → dx
struct max_over_positions_gradient {
    static constexpr const char* name = "max_over_positions_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.takes_tokens = true};
    static constexpr long long flops(const key& k) { return k.x.size(); }
};
/// y[d] = the largest x[t,d] of t < length; a NaN is larger than any number.   Operands: x, (tokens) → y
struct max_over_positions {
    static constexpr const char* name = "max_over_positions";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.takes_tokens = true};
    static constexpr long long flops(const key& k) { return k.x.size(); }

    static constexpr value append(graph& g, value x) { return append_over_positions<max_over_positions>(g, x); }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value tokens = o.inputs > 1 ? o.in[1] : value{};
        d.contribute(o.in[0], apply_over_positions<max_over_positions_gradient>(g, o.k, {o.in[0], d.of(o.out[0])},
                                                                                tokens, o.k.x));
    }
};

/// An item of all four is a channel of a sample, so that a sample's length is looked for once for each.
template <key K>
struct channel_over_positions {
    static constexpr bool is_sequence = K.x.rank == 2; ///< else a signal, an image of one row
    static constexpr int channels = is_sequence ? K.x.d1 : K.x.d0, positions = is_sequence ? K.x.d0 : K.x.d2;
    /// The place of the operand, or the result, behind the others.
    STRATA_HD static constexpr int behind(int others) { return others + (K.w.rank > 0 ? 1 : 0); }

    int n, channel, length;
    template <class T>
    STRATA_HD channel_over_positions(const call<T>& c, long long i, int tokens)
        : n(static_cast<int>(i / channels)), channel(static_cast<int>(i % channels)),
          length(K.w.rank == 0
                     ? positions
                     : static_cast<int>(sample_length(c.integers(tokens) + 1LL * n * positions, positions, K.begin))) {}
    /// The channel's number at position t of a sample like x.
    template <class T>
    STRATA_HD T& of(T* x, int t) const {
        if constexpr (is_sequence) return sample(x, n, K.x)[std::ptrdiff_t{t} * channels + channel];
        else return image_of(x, n, K.x, K.channels_last)(channel, 0, t);
    }
    /// The first position of the largest number; −1 where there is none.
    template <class T>
    STRATA_HD int largest(T* x) const {
        int best = length > 0 ? 0 : -1;
        for (int t = 1; t < length; ++t)
            if (of(x, t) > of(x, best) || of(x, t) != of(x, t)) best = t;
        return best;
    }
};

template <key K, class F>
struct definition<mean_over_positions::kind, K, F> {
    static constexpr long long items = K.y.size();
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const channel_over_positions<K> x(c, i, 1);
        Accumulator sum = 0;
        for (int t = 0; t < x.length; ++t) sum += Accumulator(x.of(c.at[0], t));
        c.at[x.behind(1)][i] = x.length > 0 ? T(sum / Accumulator(x.length)) : T(0);
    }
};
template <key K, class F>
struct definition<mean_over_positions_gradient::kind, K, F> {
    static constexpr long long items = K.y.size();
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const channel_over_positions<K> x(c, i, 1);
        const T part = x.length > 0 ? T(Accumulator(c.at[0][i]) / Accumulator(x.length)) : T(0);
        for (int t = 0; t < x.positions; ++t) x.of(c.at[x.behind(1)], t) = t < x.length ? part : T(0);
    }
};

template <key K, class F>
struct definition<max_over_positions::kind, K, F> {
    static constexpr long long items = K.y.size();
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const channel_over_positions<K> x(c, i, 1);
        const int best = x.largest(c.at[0]);
        c.at[x.behind(1)][i] = best < 0 ? T(0) : x.of(c.at[0], best);
    }
};
template <key K, class F>
struct definition<max_over_positions_gradient::kind, K, F> {
    static constexpr long long items = K.y.size();
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const channel_over_positions<K> x(c, i, 2);
        const int best = x.largest(c.at[0]);
        for (int t = 0; t < x.positions; ++t) x.of(c.at[x.behind(2)], t) = t == best ? c.at[1][i] : T(0);
    }
};

} // namespace strata::inline STRATA_ABI::operations
