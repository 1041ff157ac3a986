#pragma once
/// description<Net> — the words of a network as constexpr data: the layers of its summary, the names of its parameters
/// in files, its spelling. It is separate from the plan, so that only programs that need words pay for them.
#include <strata/plan/diagnosis.hpp>
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

// Three pools of words, each evaluated by itself, since the steps of one constant evaluation are limited. `characters`
// is a guess of how many there are, with room to spare.
struct written {
    text all;
    constexpr_vector<word_range> ranges;
};
template <class Net>
struct spellings_of {
    static constexpr int ranges = state_of<Net, no_loss>.layers, characters = 96 * ranges + 256;
    static constexpr written write() {
        const graph g = build<Net>(request{});
        written w;
        for (const layer_row& row : g.layers) {
            const int first = w.all.size();
            row.spell(w.all);
            w.ranges.push({first, w.all.size()});
        }
        return w;
    }
};
template <class Net>
struct names_of {
    static constexpr int ranges = state_of<Net, no_loss>.counts.parameters, characters = 32 * ranges + 64;
    static constexpr written write() {
        const graph g = build<Net>(request{});
        written w;
        for (int p = 0; p < g.parameters.size(); ++p) {
            const int first = w.all.size();
            w.all.add(g.file_name(p));
            w.ranges.push({first, w.all.size()});
        }
        return w;
    }
};
template <class Net>
struct network_spelling_of {
    static constexpr int ranges = 1, characters = 64 * state_of<Net, no_loss>.layers + 256;
    static constexpr written write() {
        written w;
        Net::spell(w.all);
        w.ranges.push({0, w.all.size()});
        return w;
    }
};

template <int Ranges, int Characters>
struct word_pool {
    word_range ranges[unsigned(Ranges + 1)]{};
    char characters[unsigned(Characters + 1)]{};
    int count = 0; ///< of the characters

    constexpr explicit word_pool(const written& w) : count(w.all.size()) {
        if (count > Characters) return;
        const char* const all = w.all.begin();
        for (int i = 0; i < count; ++i) characters[i] = all[i];
        for (int i = 0; i < Ranges; ++i) ranges[i] = w.ranges[i];
    }
    template <int Room>
    constexpr explicit word_pool(const word_pool<Ranges, Room>& other) : count(other.count) {
        for (int i = 0; i < Characters; ++i) characters[i] = other.characters[i];
        for (int i = 0; i < Ranges; ++i) ranges[i] = other.ranges[i];
    }
    [[nodiscard]] constexpr std::string_view operator[](int i) const {
        return {characters + ranges[i].first, static_cast<std::size_t>(ranges[i].last - ranges[i].first)};
    }
};
template <class Words>
inline constexpr word_pool<Words::ranges, Words::characters> first_draft{Words::write()};
/// As long as the words are. They are written once if the guess was long enough, else twice.
template <class Words>
constexpr auto words() {
    constexpr int count = first_draft<Words>.count;
    using pool = word_pool<Words::ranges, count>;
    if constexpr (count <= Words::characters) return pool(first_draft<Words>);
    else return pool(Words::write());
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
    static constexpr int layers = parts::state_of<Net, no_loss>.layers;
    static constexpr parts::layer_table<Net, layers> table{};
    static constexpr auto spellings = parts::words<parts::spellings_of<Net>>();
    static constexpr auto names = parts::words<parts::names_of<Net>>();
    static constexpr auto network = parts::words<parts::network_spelling_of<Net>>();

    static constexpr const described_layer& layer(int row) { return table.rows[row]; }
    /// The name in files of parameter, buffer or state i.
    static constexpr std::string_view name(int i) { return names[i]; }
    /// The spelling of layer row i (see step::layer).
    static constexpr std::string_view spelling(int i) { return spellings[i]; }
    static constexpr std::string_view network_spelling() { return network[0]; }
};

} // namespace strata::inline STRATA_ABI::core
