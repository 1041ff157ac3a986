#pragma once
/// description<Net> — the words of a network as constexpr data: its layers as the summary shows them, the names of its
/// parameters in files, its spelling. Separate from the plan, so that only those pay who need words.
#include <strata/plan/build.hpp>

#include <string_view>

namespace strata::inline v0_1 {

/// A range of characters of the description.
struct word_range {
    int first = 0, last = 0;
};

struct described_layer {
    int depth = 0, index = 0, count = 0;
    word_range spelling{};
    shape output{};
    long long parameters = 0;
};

namespace detail {

struct written {
    text all;
    growing<word_range> spellings, names;
    word_range network;
};

template <class Net>
constexpr written write_words(const graph& g) {
    written w;
    for (const layer_row& row : g.layers) {
        const int first = w.all.size();
        row.spell(w.all);
        w.spellings.push({first, w.all.size()});
    }
    for (int p = 0; p < g.parameters.size(); ++p) {
        const int first = w.all.size();
        w.all.add(g.file_name(p));
        w.names.push({first, w.all.size()});
    }
    w.network.first = w.all.size();
    Net::spell(w.all);
    w.network.last = w.all.size();
    return w;
}

struct word_counts {
    int layers = 0, parameters = 0, characters = 0;
};
template <class Net>
constexpr word_counts count_words() {
    const graph g = build<Net>(request{});
    return {g.layers.size(), g.parameters.size(), write_words<Net>(g).all.size()};
}

template <class Net, word_counts N>
struct description_data {
    described_layer layers[N.layers > 0 ? N.layers : 1]{};
    word_range names[N.parameters > 0 ? N.parameters : 1]{};
    word_range network{};
    char characters[N.characters + 1]{};

    constexpr description_data() {
        const graph g = build<Net>(request{});
        const written w = write_words<Net>(g);
        for (int i = 0; i < N.characters; ++i) characters[i] = w.all[i];
        for (int i = 0; i < N.layers; ++i) {
            const layer_row& row = g.layers[i];
            layers[i] = {row.depth, row.index, row.count, w.spellings[i], row.output, row.parameters};
        }
        for (int i = 0; i < N.parameters; ++i) names[i] = w.names[i];
        network = w.network;
    }
};

} // namespace detail

template <class Net>
struct description {
    static constexpr detail::word_counts counts = detail::count_words<Net>();
    static constexpr detail::description_data<Net, counts> data{};

    static constexpr std::string_view words(word_range r) {
        return {data.characters + r.first, static_cast<std::size_t>(r.last - r.first)};
    }
    /// The name in files of parameter, buffer or state i.
    static constexpr std::string_view name(int i) { return words(data.names[i]); }
    /// The spelling of layer row i (see step::layer).
    static constexpr std::string_view spelling(int i) { return words(data.layers[i].spelling); }
    static constexpr std::string_view network_spelling() { return words(data.network); }
};

} // namespace strata::inline v0_1
