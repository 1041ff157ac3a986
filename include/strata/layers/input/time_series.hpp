#pragma once
/// time_series<C, T> — the input of a network: a signal of C channels over T times, channels first, as torch.nn.Conv1d
/// takes them.
/// Shapes   x [C, T]
/// (Its name is not signal because <signal.h> has a function of that name.)
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI {

template <int C, int T>
struct time_series {
    static constexpr value build_input(graph& g) {
        const shape s = shape::signal(C, T);
        if (C < 1 || T < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, s, shape(1, 1), "the input, time_series<", C, ", ", T,
                              ">, has a size that is not positive. Use at least one channel and one time.");
        return g.add_value(s, core::storage::input);
    }
    static constexpr void spell(text& t) { t.add("time_series<", C, ", ", T, ">"); }
};

} // namespace strata::inline STRATA_ABI
