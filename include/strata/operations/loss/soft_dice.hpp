#pragma once
/// soft_dice — for each sample and class, over the positions p,  loss = 1 − (2 · sum p·t + s) / (sum p + sum t + s),
/// with the probabilities p, the targets t and the smoothing s (k.real). The gradient is that of the mean over the
/// batch's samples and classes.
///   The target is a class number at each position, and t is 1 for that class. A position of a negative class number is
///   ignored: neither its p nor its t counts.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: p [K at each position], class numbers → loss [K], (dp)
struct soft_dice {
    static constexpr const char* name = "soft_dice";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.takes_tokens = true};
    static constexpr long long flops(const key& k) { return 6 * k.x.size(); }
};

/// An item is a class of a sample. Sums of many pixels are in double under every policy.
template <key K, class F>
struct definition<soft_dice::kind, K, F> {
    static constexpr int positions = K.x.positions();
    static constexpr long long items = K.x.channels();
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        double both = 0, all = static_cast<double>(K.real);
        for (int p = 0; p < positions; ++p) {
            const double t = target(c, at, p);
            if (!(t >= 0)) continue;
            const double share = static_cast<double>(c.at[0][place(at, p)]);
            both += share * t, all += share + t;
        }
        const double weight = static_cast<double>(c.weight(at.n)), top = 2 * both + static_cast<double>(K.real);
        c.at[2][i] = T(weight * (1 - top / all));
        if constexpr (K.gradient) {
            const double part = weight / (static_cast<double>(c.batch) * static_cast<double>(items));
            for (int p = 0; p < positions; ++p) {
                const double t = target(c, at, p);
                c.at[3][place(at, p)] = T(t >= 0 ? part * (top / (all * all) - 2 * t / all) : 0);
            }
        }
    }

  private:
    STRATA_HD static long long place(const place_in_batch& at, int p) {
        const long long first = at.n * K.x.size();
        return K.channels_last || K.x.axes == role::sequence ? first + p * items + at.e
                                                             : first + 1LL * at.e * positions + p;
    }
    /// 1 at the positions of the class, −1 at those that are ignored.
    template <class T>
    STRATA_HD static double target(const call<T>& c, const place_in_batch& at, int p) {
        const long long i = 1LL * at.n * positions + p;
        const int is = c.classes.is != nullptr ? c.integers(1)[i] : static_cast<int>(c.at[1][i]);
        return is == at.e ? 1 : is < 0 ? -1 : 0;
    }
};

} // namespace strata::inline STRATA_ABI::operations
