#pragma once
/// description<Net> — the words of a network as constexpr data: the layers of its summary, the names of its parameters
/// in files, its spelling. It is separate from the plan, so that only programs that need words pay for them.
#include <strata/plan/passes/build.hpp>

#include <string_view>

namespace strata::inline STRATA_ABI::core {

/// A range of characters of the description.
struct word_range {
    int first = 0, last = 0;
};

struct described_layer {
    int depth = 0, index = 0, count = 0;
    const char* name = "";    ///< the name of a named layer, or of a branch of residual
    bool transparent = false; ///< a named layer's only one, which has its name
    shape output{};
    long long parameters = 0;
};

namespace parts {

// Three pools of words, each evaluated by itself, since the steps of one constant evaluation are limited.
struct written {
    text all;
    constexpr_vector<word_range> ranges;
};
template <class Net>
constexpr written write_spellings() {
    const graph g = build<Net>(request{});
    written w;
    for (const layer_row& row : g.layers) {
        const int first = w.all.size();
        row.spell(w.all);
        w.ranges.push({first, w.all.size()});
    }
    return w;
}
template <class Net>
constexpr written write_names() {
    const graph g = build<Net>(request{});
    written w;
    for (int p = 0; p < g.parameters.size(); ++p) {
        const int first = w.all.size();
        w.all.add(g.file_name(p));
        w.ranges.push({first, w.all.size()});
    }
    return w;
}
template <class Net>
constexpr written write_network() {
    written w;
    Net::spell(w.all);
    w.ranges.push({0, w.all.size()});
    return w;
}

struct word_counts {
    int ranges = 0, characters = 0;
};
constexpr word_counts count_words(const written& w) { return {w.ranges.size(), w.all.size()}; }

template <word_counts N>
struct word_pool {
    word_range ranges[unsigned(N.ranges + 1)]{};
    char characters[unsigned(N.characters + 1)]{};

    constexpr explicit word_pool(const written& w) {
        const char* const all = w.all.begin();
        for (int i = 0; i < N.characters; ++i) characters[i] = all[i];
        for (int i = 0; i < N.ranges; ++i) ranges[i] = w.ranges[i];
    }
    [[nodiscard]] constexpr std::string_view operator[](int i) const {
        return {characters + ranges[i].first, static_cast<std::size_t>(ranges[i].last - ranges[i].first)};
    }
};
// Separate variables: clang 14 does not accept such a call as a template argument.
template <class Net>
inline constexpr word_counts spelling_counts = count_words(write_spellings<Net>());
template <class Net>
inline constexpr word_counts name_counts = count_words(write_names<Net>());
template <class Net>
inline constexpr word_counts network_counts = count_words(write_network<Net>());

template <class Net>
constexpr int count_layers() {
    return build<Net>(request{}).layers.size();
}
template <class Net, int N>
struct layer_table {
    described_layer rows[unsigned(N + 1)]{};
    constexpr layer_table() {
        const graph g = build<Net>(request{});
        for (int i = 0; i < N; ++i) {
            const layer_row& row = g.layers[i];
            rows[i] = {row.depth, row.index, row.count, row.name, row.transparent, row.output, row.parameters};
        }
    }
};

} // namespace parts

template <class Net>
struct description {
    static constexpr int layers = parts::count_layers<Net>();
    static constexpr parts::layer_table<Net, layers> table{};
    static constexpr parts::word_pool<parts::spelling_counts<Net>> spellings{parts::write_spellings<Net>()};
    static constexpr parts::word_pool<parts::name_counts<Net>> names{parts::write_names<Net>()};
    static constexpr parts::word_pool<parts::network_counts<Net>> network{parts::write_network<Net>()};

    static constexpr const described_layer& layer(int row) { return table.rows[row]; }
    /// The name in files of parameter, buffer or state i.
    static constexpr std::string_view name(int i) { return names[i]; }
    /// The spelling of layer row i (see step::layer).
    static constexpr std::string_view spelling(int i) { return spellings[i]; }
    static constexpr std::string_view network_spelling() { return network[0]; }
};

} // namespace strata::inline STRATA_ABI::core
