#pragma once
/// sequence<Layers...> — several layers as one layer: the body of a block.
///     template <int F> using twice = strata::sequence<strata::conv<F, 3, strata::same>, strata::relu>;
/// Names in files: the position of the sequence, then the position within it: "3.0.weight".
#include <strata/base/type_list.hpp>
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI {

template <class... Layers>
struct sequence {
    using layers = type_list<Layers...>;
    static constexpr value build(graph& g, value x) { return run_layers<Layers...>(g, x); }
    static constexpr void spell(text& t) {
        t.add("sequence<");
        spell_layers<Layers...>(t);
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
