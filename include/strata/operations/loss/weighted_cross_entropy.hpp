#pragma once
/// weighted_cross_entropy — for each position  loss = − w · log softmax(x)[k],  the target a class number k and a
/// weight w at each position, as two numbers. The gradient is that of the mean over the batch's positions.
///   A negative class number is ignored. One that is no class gives a loss that is not a number.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x [K at each position], t [2 at each position] → loss [one for each position], (dx = w · (softmax(x) − the
/// one-hot class) / all positions)
struct weighted_cross_entropy {
    static constexpr const char* name = "weighted_cross_entropy";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return 6 * k.x.size(); }
};

/// What a target's class and weight are: the class −1, or the weight 0, where it is ignored.
template <class T>
struct weighted_class {
    int k = -1;
    T weight = 0;
    STRATA_HD weighted_class(T given, T w, int classes) {
        if (given < T(0)) return;
        weight = w;
        if (given < T(classes)) k = static_cast<int>(given);
        else weight = given - given + T(NAN); // no class, or not a number
    }
};

/// An item is a position.
template <key K, class F>
struct definition<weighted_cross_entropy::kind, K, F> {
    static constexpr long long items = positions_of(K.x);
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        using std::exp, std::log, std::fmax;
        constexpr int classes = K.x.d0;
        const place_in_batch at(i, items);
        const auto x = pixel_of(c.at[0], at.n, at.e, K.x, K.channels_last);
        const auto t = pixel_of(c.at[1], at.n, at.e, two_of(K.x), K.channels_last);
        const weighted_class<T> target(t(0), t(1), classes);
        const Accumulator weight = Accumulator(c.weight(at.n)) * Accumulator(target.weight);
        Accumulator largest = Accumulator(x(0)), sum = 0;
        for (int k = 1; k < classes; ++k) largest = fmax(largest, Accumulator(x(k)));
        for (int k = 0; k < classes; ++k) sum += exp(Accumulator(x(k)) - largest);
        const Accumulator log_sum = largest + log(sum);
        const Accumulator score = target.k < 0 ? log_sum : Accumulator(x(target.k));
        c.at[2][i] = T(weight * (log_sum - score));
        if constexpr (K.gradient) {
            const auto dx = pixel_of(c.at[3], at.n, at.e, K.x, K.channels_last);
            const Accumulator part = weight / (Accumulator(c.batch) * Accumulator(items));
            for (int k = 0; k < classes; ++k)
                dx(k) = T(part * (exp(Accumulator(x(k)) - log_sum) - Accumulator(k == target.k)));
        }
    }

  private:
    STRATA_HD static constexpr shape two_of(shape of) {
        of.d0 = 2;
        return of;
    }
};

} // namespace strata::inline STRATA_ABI::operations
