#pragma once
/// find_layer(graph, id) — the row of a network's list of layers that a layer_id names, and what the compiler says of a
/// name that no layer has: the nearest name, and the names there are.
#include <strata/base/words/near_text.hpp>
#include <strata/plan/graph.hpp>
#include <strata/plan/layer_id.hpp>

namespace strata::inline STRATA_ABI::core {

/// What follows in `path` behind the name that this layer has in files: "" or ".conv1"; nullptr where `path` does not
/// begin with that name.
constexpr const char* behind_layer(const graph& g, int row, const char* path) {
    const layer_row& r = g.layers[row];
    if (r.parent >= 0) {
        path = behind_layer(g, r.parent, path);
        if (path == nullptr || r.transparent) return path;
        if (*path != '.') return nullptr;
        ++path;
    }
    text own;
    if (r.name[0] != 0) own.add(r.name);
    else own.add(r.index);
    for (const char letter : own)
        if (*path++ != letter) return nullptr;
    return *path == 0 || *path == '.' ? path : nullptr;
}

/// The name that this layer has in files, "stem.conv1".
constexpr text path_of_layer(const graph& g, int row) {
    const layer_row& r = g.layers[row];
    text path;
    if (r.parent >= 0) {
        path.add(path_of_layer(g, r.parent));
        if (r.transparent) return path;
        path.add(".");
    }
    if (r.name[0] != 0) return path.add(r.name);
    return path.add(r.index);
}

/// Is it the layer of this row?
constexpr bool is_layer(const graph& g, int row, const layer_id& id) {
    if (id.position >= 0) return g.layers[row].parent < 0 && g.layers[row].index == id.position;
    const char* const rest = behind_layer(g, row, id.name);
    return rest != nullptr && *rest == 0;
}
/// The row of the layer, or −1.
constexpr int find_layer(const graph& g, const layer_id& id) {
    for (int row = 0; row < g.layers.size(); ++row)
        if (is_layer(g, row, id)) return row;
    return -1;
}
/// The first row behind the layer and all that is in it.
constexpr int end_of_layer(const graph& g, int row) {
    int end = row + 1;
    while (end < g.layers.size() && g.layers[end].depth > g.layers[row].depth) ++end;
    return end;
}

/// Do two paths begin with the same layer?
constexpr bool begin_alike(const char* a, const char* b) {
    while (*a != 0 && *a != '.' && *a == *b) ++a, ++b;
    return (*a == 0 || *a == '.') && (*b == 0 || *b == '.');
}
/// The name that was probably meant, or an empty text: a layer called so within a block, or the name that is the fewest
/// letters away.
constexpr text nearest_layer(const graph& g, const char* name) {
    int length = 0;
    const char* last = name; // "conv1" of "stem.conv1"
    for (; name[length] != 0; ++length)
        if (name[length] == '.') last = name + length + 1;
    int least = length < 4 ? 2 : length < 9 ? 3 : 4; // one more than may differ
    int compared = 0;                                // the steps of a constant evaluation are limited
    text nearest;
    for (int row = 0; row < g.layers.size(); ++row) {
        const layer_row& r = g.layers[row];
        if (r.transparent || r.name[0] == 0) continue;
        const text path = path_of_layer(g, row);
        text ended = path;
        ended.add('\0');
        int apart = least;
        if (same_text(last, r.name)) apart = last == name || begin_alike(name, ended.begin()) ? 1 : 2;
        else if (path.size() - length < least && length - path.size() < least && ++compared <= 100)
            apart = letters_apart(name, ended.begin(), least - 1);
        if (apart < least) least = apart, nearest = path;
    }
    return nearest;
}

/// The mistake of naming a layer that is not there.
constexpr mistake no_such_layer(const graph& g, const layer_id& id) {
    mistake m;
    m.why = mistake_kind::layer_is_not_there;
    // Of "stem.convv1" the block "stem" is there, so its layers are listed; else the outermost ones.
    int block = -1;
    if (id.name[0] != 0) {
        m.names.push(id.name);
        for (int row = 0; row < g.layers.size(); ++row)
            if (const char* const rest = behind_layer(g, row, id.name); rest != nullptr && *rest == '.') block = row;
    }
    // Those that a number names: all of the outermost, and in a block those without a name.
    text names, numbers;
    int layers = 0, named = 0, first = -1, last = -1;
    const auto end_range = [&] {
        if (last < 0) return;
        if (numbers.size() > 0) numbers.add(", ");
        numbers.add(first);
        if (last > first) numbers.add(" to ", last);
    };
    for (int i = 0; i < g.layers.size(); ++i) {
        const layer_row& row = g.layers[i];
        if (row.parent != block || row.transparent) continue;
        ++layers;
        if (block < 0 || row.name[0] == 0) {
            if (last < 0 || row.index != last + 1) end_range(), first = row.index;
            last = row.index;
        }
        if (row.name[0] == 0) continue;
        names.add(named++ == 0 ? "\"" : ", \"", row.name, "\"");
        if (id.name[0] != 0) m.names.push(row.name);
    }
    end_range();
    m.sentence.add("strata: the network has no layer ");
    if (id.name[0] == 0) m.sentence.add(id.position), m.got = shape(id.position), m.needs = shape(layers);
    else m.sentence.add("\"", id.name, "\"");
    m.sentence.add(". ");
    if (id.name[0] != 0)
        if (const text nearest = nearest_layer(g, id.name); nearest.size() > 0)
            m.sentence.add("Did you mean \"", nearest, "\"? ");
    if (block >= 0 && layers == 0) {
        m.sentence.add("There are no layers in \"", path_of_layer(g, block), "\".");
        return m;
    }
    if (block >= 0) m.sentence.add("The layers in \"", path_of_layer(g, block), "\" are ");
    else m.sentence.add("Its outermost layers are ");
    if (named == 0) m.sentence.add(numbers, ", and none is named");
    else if (numbers.size() == 0) m.sentence.add(names);
    else if (block < 0) m.sentence.add(numbers, "; the named ones are ", names);
    else m.sentence.add(numbers, ", and by name ", names);
    m.sentence.add(". Use one of these, or give a layer a name: named<\"head\", ...>.");
    return m;
}

} // namespace strata::inline STRATA_ABI::core
