#pragma once
/// time_series<C, T> — the input of a network: a signal of C channels over T times, channels first, as torch.nn.Conv1d
/// takes them.
/// Shapes   x [C, T]
/// (Its name is not signal because <signal.h> has a function of that name.)
#include <strata/layers/input/with_positions.hpp>

namespace strata::inline STRATA_ABI {

template <int C, int T>
struct time_series {
    static constexpr value build_input(graph& g) {
        return detail::input_with_positions(g, "time_series", shape::signal(C, T), "channel and one time");
    }
    static constexpr void spell(text& t) { detail::spell_input(t, "time_series", shape::signal(C, T)); }
};

} // namespace strata::inline STRATA_ABI
