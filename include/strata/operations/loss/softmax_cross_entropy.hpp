#pragma once
/// softmax_cross_entropy — for each position  loss = − sum_k t[k] · log softmax(x)[k],  fused so that no logarithm of a
/// small probability is ever taken. The gradient is that of the mean over the batch's positions.
///   t is a distribution, or a class number, of which call::classes says what it stands for: t[k] = is[k] for that
///   class and is_not[k] for the others. A negative class number is ignored: its t is 0.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x [K at each position], t → loss [one for each position], (dx = (softmax(x) · sum t − t) / all positions)
struct softmax_cross_entropy {
    static constexpr const char* name = "softmax_cross_entropy";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true, .takes_tokens = true};
    static constexpr long long flops(const key& k) { return 6 * k.x.size(); }
};

/// An item is a position.
///   log softmax(x)[k] = x[k] − log sum_j exp(x[j]), the largest x taken out of the exponentials
/// Loss and gradient are multiplied by the weight of the sample. A term with t[k] = 0 is 0, even where x[k] is minus
/// infinity. A score that is not a number breaks the loss, wherever it stands.
template <key K, class F>
struct definition<softmax_cross_entropy::kind, K, F> {
    static constexpr long long items = positions_of(K.x);
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        using std::exp, std::log, std::fmax;
        const place_in_batch at(i, items);
        const auto x = pixel_of(c.at[0], at.n, at.e, K.x, K.channels_last);
        const auto weight = Accumulator(c.weight(at.n));
        Accumulator largest = Accumulator(x(0)), sum = 0, loss = 0, total = 0;
        for (int k = 1; k < K.x.d0; ++k) largest = fmax(largest, Accumulator(x(k)));
        for (int k = 0; k < K.x.d0; ++k) sum += exp(Accumulator(x(k)) - largest);
        const Accumulator log_sum = largest + log(sum);
        for (int k = 0; k < K.x.d0; ++k) {
            const T t = target(c, at, i, k);
            if (t != T(0)) loss -= Accumulator(t) * (Accumulator(x(k)) - log_sum);
            total += Accumulator(t);
        }
        c.at[2][i] = T(sum == sum ? weight * loss : sum);
        if constexpr (K.gradient) {
            const auto dx = pixel_of(c.at[3], at.n, at.e, K.x, K.channels_last);
            for (int k = 0; k < K.x.d0; ++k) {
                const Accumulator softmax = exp(Accumulator(x(k)) - log_sum);
                dx(k) = T(weight * (softmax * total - Accumulator(target(c, at, i, k)))
                          / (Accumulator(c.batch) * Accumulator(items)));
            }
        }
    }

  private:
    template <class T>
    STRATA_HD static T target(const call<T>& c, const place_in_batch& at, long long i, int k) {
        if (c.classes.is == nullptr) return pixel_of(c.at[1], at.n, at.e, K.x, K.channels_last)(k);
        const int is = c.integers(1)[i];
        return is == k ? c.classes.is[k] : c.classes.is_not != nullptr && is >= 0 ? c.classes.is_not[k] : T(0);
    }
};

} // namespace strata::inline STRATA_ABI::operations
