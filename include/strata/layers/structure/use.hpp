#pragma once
/// use<"name"> — goes on with a named value: an input, or what tag<"name"> named; y = that value.
/// Rules    there is such a value      (tests/compile_fail/ports/port_not_there.cpp)
#include <strata/base/fixed_string.hpp>
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI {

template <fixed_string Name>
struct use {
    static constexpr value build(graph& g, value) {
        const value y = g.recall(Name.c_str());
        if (!y.exists())
            g.mistaken_in_name(mistake_kind::port_is_not_there, Name.c_str(), "there is no input \"", Name.c_str(),
                               "\", and no earlier value is tagged so. Names so far: ", g.known_names(), ".");
        return y;
    }
    static constexpr void spell(text& t) { t.add("use<\"", Name.c_str(), "\">"); }
};

} // namespace strata::inline STRATA_ABI
