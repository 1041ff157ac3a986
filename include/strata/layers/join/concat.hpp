#pragma once
/// concat<"name"> — x and the value tagged "name", joined along the channels or features, x first.
/// Shapes   x [A, H, W], tagged [B, H, W] → y [A + B, H, W]      (tests/compile_fail/join/concat_*.cpp)
#include <strata/layers/join/join.hpp>
#include <strata/layers/structure/tag.hpp>

namespace strata::inline STRATA_ABI {

template <fixed_string Name>
struct concat {
    static constexpr value build(graph& g, value x) {
        const value y = detail::recall_tag(g, Name.c_str());
        return detail::join_by_concat(g, x, y, text{}.add("\"", Name.c_str(), "\""));
    }
    static constexpr void spell(text& t) { t.add("concat<\"", Name.c_str(), "\">"); }
};

} // namespace strata::inline STRATA_ABI
