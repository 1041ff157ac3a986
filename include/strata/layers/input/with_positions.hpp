#pragma once
/// The input of a network whose samples are numbers at positions: time_series and vectors.
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI::detail {

constexpr void spell_input(text& t, const char* name, const shape& s) { t.add(name, "<", s.d0, ", ", s.d1, ">"); }
/// `least` names what there must be one of.
constexpr value input_with_positions(graph& g, const char* name, const shape& s, const char* least) {
    if (s.d0 >= 1 && s.d1 >= 1) return g.add_value(s, core::storage::input);
    text spelling;
    spell_input(spelling, name, s);
    return g.mistaken(mistake_kind::size_is_not_positive, s, shape(1, 1), "the input, ", spelling,
                      ", has a size that is not positive. Use at least one ", least, ".");
}

} // namespace strata::inline STRATA_ABI::detail
