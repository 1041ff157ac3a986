#pragma once
/// tokens<T, Vocabulary, Options...> — the input of a network: T integers per sample, each from 0 to Vocabulary − 1.
/// Words, letters or other symbols by number, std::int32_t. embedding<Vocabulary, D> makes vectors of them.
/// Shapes   x [T]
/// Options  padding<P>   the token that fills up samples which are shorter than T. What keeps the positions hands that
///                       on, and cross_entropy and its metrics take no account of positions behind a sample's end.
/// Rules    P is a token                                              (tests/compile_fail/input/tokens_*.cpp)
#include <strata/layers/options.hpp>

namespace strata::inline STRATA_ABI {

template <int T, int Vocabulary, class... Options>
struct tokens {
    static constexpr int vocabulary = Vocabulary;

    static constexpr value build_input(graph& g) {
        const shape s = shape::tokens(T);
        if (T < 1 || Vocabulary < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, s, shape(1), "the input, tokens<", T, ", ",
                              Vocabulary,
                              ">, has a size that is not positive. Use at least one position and one token.");
        const option_values o = read_options<Options...>(g, static_cast<int>(option::padding));
        if (!o.valid) return {};
        const int padding = sizeof...(Options) > 0 ? o.padding_h : -1;
        if (o.padding_h != o.padding_w || padding >= Vocabulary)
            return g.mistaken(mistake_kind::option_is_unknown, s, {}, "the input, tokens<", T, ", ", Vocabulary,
                              ", ...>, is padded with a token that it does not have. Use one number below ", Vocabulary,
                              ", such as padding<0>.");
        const value x = g.add_value(s, core::storage::input, core::element::int32);
        g.values[x.index].vocabulary = Vocabulary;
        g.pad(x, padding);
        return x;
    }
    static constexpr void spell(text& t) {
        t.add("tokens<", T, ", ", Vocabulary);
        int in_order[] = {(t.add(", "), spell_layer<Options>(t), 0)..., 0};
        (void)in_order;
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
