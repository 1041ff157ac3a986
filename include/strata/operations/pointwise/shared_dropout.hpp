#pragma once
/// shared_dropout — dropout of numbers that stay or go together, those of a channel or of a sample (training only).
/// y = x / (1 − p) where unit u of the sample stays, else 0; k.w says how many units a sample has: its channels, or 1.
/// The bits are those of dropout, drawn for units instead of elements: the backward pass draws the same ones again.
/// Source: Tompson et al. 2015 (channels), Huang et al. 2016 (samples).
#include <strata/call/definition.hpp>
#include <strata/call/dropout_bits.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x → y
struct shared_dropout {
    static constexpr const char* name = "shared_dropout";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.x.size(); }

    static constexpr value append(graph& g, value x, double rate, bool by_channels) {
        const int ordinal = g.next_ordinal(); // drawn in inference as well: modes share the numbering
        if (rate == 0) return x;
        if (!g.training()) {
            g.dropped_in_training.push(x);
            return x;
        }
        key k;
        k.x = k.y = g.extents(x);
        k.w = shape(by_channels ? k.x.channels() : 1);
        k.real = rate;
        return g.apply<shared_dropout>(k, {x}, k.y, storage::per_sample, ordinal);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<shared_dropout>(o.k, {d.of(o.out[0])}, o.k.x, storage::per_sample, o.ordinal));
    }
    /// The unit of element e of a sample. (A sequence has its features last, whatever the policy.)
    STRATA_HD static constexpr int unit_of(const key& k, int e) {
        if (k.w.d0 == 1) return 0;
        return k.channels_last || k.x.axes == role::sequence ? e % k.w.d0 : e / static_cast<int>(k.x.size() / k.w.d0);
    }
    STRATA_HD static constexpr bool keeps(const random_source& random, int ordinal, int sample, int unit, double rate) {
        return dropout_keeps(dropout_bits(random, ordinal, sample, unit / 4)[unit % 4], rate);
    }
};

template <key K, class F>
struct definition<shared_dropout::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const bool kept =
            shared_dropout::keeps(c.random.counted(), c.ordinal, at.n, shared_dropout::unit_of(K, at.e), K.real);
        c.at[1][i] = kept ? T(Accumulator(c.at[0][i]) / Accumulator(1 - K.real)) : T(0);
    }
};

} // namespace strata::inline STRATA_ABI::operations
