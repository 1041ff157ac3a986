#pragma once
/// Runs one layer over the graph inside its own scope: position, spelling and name are recorded there.
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI {

/// Writes a layer's spelling, as its user wrote it: by the layer's own `spell`, else by the compiler's name of the
/// type.
template <class Layer>
constexpr void spell_layer(text& t) {
    if constexpr (requires { Layer::spell(t); }) {
        Layer::spell(t);
    } else if constexpr (requires { Layer::name; }) {
        t.add(Layer::name);
    } else {
        const char* s = __PRETTY_FUNCTION__;
        while (*s != 0 && !starts_with(s, "Layer = ")) ++s;
        for (s += *s != 0 ? 8 : 0; *s != 0 && *s != ']' && *s != ';'; ++s) t.add(*s);
    }
}
template <class... Layers>
constexpr void spell_layers(text& t) {
    bool first = true;
    int in_order[] = {((first ? t : t.add(", ")), spell_layer<Layers>(t), first = false, 0)..., 0};
    (void)in_order;
}

/// Without a name its position in the layer around it, `index`, stands for it in files; if transparent, nothing does.
template <class Layer>
constexpr value run_layer(graph& g, value x, int index, int count, const char* name = nullptr,
                          bool transparent = false) {
    if (g.failed()) return {};
    if constexpr (requires { Layer::scope_name; }) name = Layer::scope_name, transparent = false;
    g.enter(index, count, &spell_layer<Layer>, name, transparent);
    value y;
    if constexpr (requires { Layer::build(g, x); }) y = Layer::build(g, x);
    else if constexpr (requires { Layer::build_input(g); })
        g.mistaken(mistake_kind::it_is_no_layer, {}, {},
                   "is an input, but inputs stand at the beginning of a network: in inputs<...> if there are several.");
    else if constexpr (!requires { sizeof(Layer); })
        g.mistaken(mistake_kind::it_is_no_layer, {}, {},
                   "is declared, but its header is missing: layers of images need #include <strata/vision.hpp>, layers "
                   "of sequences #include <strata/sequences.hpp>.");
    else
        g.mistaken(mistake_kind::it_is_no_layer, {}, {},
                   "is not a layer: it has no build(graph&, value). (An option goes inside its layer's brackets, such "
                   "as dense<10, no_bias>.)");
    g.leave(y);
    return y;
}

/// Runs layers one after the other, numbered from 0.
template <class... Layers>
constexpr value run_layers(graph& g, value x) {
    int i = 0;
    int in_order[] = {(x = run_layer<Layers>(g, x, i++, static_cast<int>(sizeof...(Layers))), 0)..., 0};
    (void)in_order;
    return x;
}

} // namespace strata::inline STRATA_ABI
