#pragma once
/// residual<Body, Shortcut = pass> — y = Body(x) + Shortcut(x)
///
///   residual<sequence<conv<F, 3, same, stride<2>, no_bias>, batch_norm, relu, conv<F, 3, same, no_bias>, batch_norm>,
///            sequence<conv<F, 1, stride<2>, no_bias>, batch_norm>>
///
/// Body is one layer: put several into a sequence.   (tests/compile_fail/structure/residual_of_several.cpp)
/// Shapes   both branches give the same shape        (tests/compile_fail/structure/residual_changes_shape.cpp)
/// Names in files: "3.body.0.weight", "3.shortcut.weight"
/// Source   He et al. 2015 (for a projection, use conv<F, 1, stride<S>> as Shortcut)
#include <strata/base/type_list.hpp>
#include <strata/layers/structure/pass.hpp>
#include <strata/plan/operations/add.hpp>

namespace strata::inline STRATA_ABI {

/// More than two layers are no residual: one error says what is meant.
template <class... Layers>
struct residual {
    using layers = type_list<Layers...>;
    static constexpr value build(graph& g, value) {
        if constexpr (sizeof...(Layers) == 0)
            return g.mistaken(mistake_kind::rule_of_the_layer, {}, {},
                              "residual<Body, Shortcut> has no body. Add a layer, such as residual<dense<64>>.");
        else
            return g.mistaken(mistake_kind::rule_of_the_layer, shape(static_cast<int>(sizeof...(Layers))), shape(2),
                              "residual<Body, Shortcut> takes one body, but was given ",
                              static_cast<int>(sizeof...(Layers)),
                              " layers. Put several layers into a sequence: residual<sequence<...>>.");
    }
    static constexpr void spell(text& t) {
        t.add("residual<");
        spell_layers<Layers...>(t);
        t.add(">");
    }
};
template <class Body>
struct residual<Body> : residual<Body, pass> {};
template <class Body, class Shortcut>
struct residual<Body, Shortcut> {
    using layers = type_list<Body, Shortcut>;
    static constexpr value build(graph& g, value x) {
        const value a = run_layer<Body>(g, x, 0, 2, "body");
        const value b = run_layer<Shortcut>(g, x, 1, 2, "shortcut");
        if (g.failed()) return {};
        if (g.extents(a) != g.extents(b))
            return g.mistaken(
                mistake_kind::branch_changes_the_shape, g.extents(a), g.extents(b), "its body outputs ", g.extents(a),
                ", its shortcut ", g.extents(b),
                g.extents(b).axes == role::image
                    ? ". Pad the body (same), or project the shortcut: residual<Body, conv<F, 1, stride<S>>>."
                    : ". End the body with the same number of units, or project the shortcut: residual<Body, "
                      "dense<Units>>.");
        return operations::add::append(g, a, b);
    }
    static constexpr void spell(text& t) {
        t.add("residual<");
        spell_layers<Body, Shortcut>(t);
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
