#pragma once
/// repeat<Times, Layers...> — a stack of Times copies of the layers, each with its own parameters.
/// Names in files: "3.0.weight" for one layer, "3.0.0.weight" for several.
/// Rules    Times is at least 1
#include <strata/layers/structure/sequence.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {
template <class... Layers>
struct one_or_sequence : type_is<sequence<Layers...>> {};
template <class Layer>
struct one_or_sequence<Layer> : type_is<Layer> {};
} // namespace detail

template <int Times, class... Layers>
struct repeat {
    using repeated = typename detail::one_or_sequence<Layers...>::type;
    using layers = type_list<repeated>;
    static constexpr value build(graph& g, value x) {
        if (Times < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(Times), shape(1), Times,
                              " times are not possible. Repeat at least once.");
        for (int i = 0; i < Times; ++i) x = run_layer<repeated>(g, x, i, Times);
        return x;
    }
    static constexpr void spell(text& t) {
        t.add("repeat<", Times, ", ");
        spell_layers<Layers...>(t);
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
