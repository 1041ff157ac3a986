#pragma once
/// add<"name"> — y = x + the value tagged "name".
/// Shapes   both are equal                        (tests/compile_fail/join/add_*.cpp)
#include <strata/layers/join/join.hpp>
#include <strata/layers/structure/tag.hpp>

namespace strata::inline STRATA_ABI {

template <fixed_string Name>
struct add {
    static constexpr value build(graph& g, value x) {
        const value y = detail::recall_tag(g, Name.c_str());
        return detail::join_by_add(g, x, y, text{}.add("\"", Name.c_str(), "\""));
    }
    static constexpr void spell(text& t) { t.add("add<\"", Name.c_str(), "\">"); }
};

} // namespace strata::inline STRATA_ABI
