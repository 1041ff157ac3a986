#pragma once
/// named<"stem", Layers...> — layers under a name, which replaces their position in files.
/// The parameter is "stem.weight" for one layer, "stem.0.weight" for several, "stem.body.weight" for a named<"body",
/// ...> inside.
/// Rules    a name is not empty, not a number, has no point, and is unique among its siblings
///          (tests/compile_fail/names/name_*.cpp)
#include <strata/base/fixed_string.hpp>
#include <strata/layers/structure/sequence.hpp>

namespace strata::inline STRATA_ABI {

template <fixed_string Name, class... Layers>
struct named {
    using layers = type_list<Layers...>;
    static constexpr const char* scope_name = Name.c_str();
    static constexpr value build(graph& g, value x) { return run_layers<Layers...>(g, x); }
    static constexpr void spell(text& t) {
        t.add("named<\"", Name.c_str(), "\", ");
        spell_layers<Layers...>(t);
        t.add(">");
    }
};
template <fixed_string Name, class Layer>
struct named<Name, Layer> {
    using layers = type_list<Layer>;
    static constexpr const char* scope_name = Name.c_str();
    static constexpr value build(graph& g, value x) {
        // One layer: it takes the name itself, without a position of its own.
        return run_layer<Layer>(g, x, 0, 1, nullptr, true);
    }
    static constexpr void spell(text& t) {
        t.add("named<\"", Name.c_str(), "\", ");
        spell_layers<Layer>(t);
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
