#pragma once
/// tag<"name"> — names the value at this point, for add<"name"> and concat<"name"> further on; y = x.
/// Rules    a name is tagged once in a network      (tests/compile_fail/names/tag_twice.cpp)
#include <strata/base/fixed_string.hpp>
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI {

template <fixed_string Name>
struct tag {
    static constexpr value build(graph& g, value x) {
        if (!g.remember(Name.c_str(), x))
            return g.mistaken_in_name(mistake_kind::name_is_tagged_twice, Name.c_str(), "the tag \"", Name.c_str(),
                                      "\" is already used. Choose another name.");
        return x;
    }
    static constexpr void spell(text& t) { t.add("tag<\"", Name.c_str(), "\">"); }
};

namespace detail {
/// The value tagged `name`, or none and a mistake that lists the names there are.
constexpr value recall_tag(graph& g, const char* name) {
    const value y = g.recall(name);
    if (!y.exists())
        g.mistaken_in_name(mistake_kind::name_was_never_tagged, name, "no earlier value is tagged \"", name,
                           "\". Tagged so far: ", g.known_names(), ".");
    return y;
}
} // namespace detail

} // namespace strata::inline STRATA_ABI
