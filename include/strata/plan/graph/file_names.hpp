#pragma once
/// file_names — what parameters are called in files, "0.weight", "stem.0.bias"; no two names are alike.
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI::core {

/// Files identify layers by names and positions. So a name must not read as a position, nor be used twice among
/// siblings ...
constexpr void graph::check_name(const layer_row& row) {
    bool is_number = true, has_point = false;
    for (const char* letter = row.name; *letter != 0; ++letter) {
        is_number = is_number && *letter >= '0' && *letter <= '9';
        has_point = has_point || *letter == '.';
    }
    if (is_number || has_point)
        mistaken(mistake_kind::name_is_not_possible, {}, {}, "the name \"", row.name,
                 "\" is not possible in files, which use numbers for unnamed layers and dots between names. Choose "
                 "a name that is not empty, not a number, and without a dot.");
    for (int i = row.parent + 1; i + 1 < layers.size(); ++i)
        if (layers[i].parent == row.parent && same_text(layers[i].name, row.name))
            mistaken(
                mistake_kind::name_is_tagged_twice, {}, {}, "the name \"", row.name,
                "\" is already used by a layer beside it, but files identify layers by name. Choose another name.");
}
/// ... and positions count upwards.
constexpr void graph::check_position(const layer_row& row) {
    int& taken = row.parent < 0 ? positions_ : layers[row.parent].positions;
    if (row.index >= taken) taken = row.index + 1;
    else
        mistaken(mistake_kind::position_is_taken, {}, {}, "its position in the enclosing layer, ", row.index,
                 ", is already used, but files identify layers by position. Count upwards in run_layer.");
}

constexpr void graph::prefix(text& name, int row) const {
    if (row < 0) return;
    prefix(name, layers[row].parent);
    if (layers[row].transparent) return;
    if (layers[row].name[0] != 0) name.add(layers[row].name, ".");
    else name.add(layers[row].index, ".");
}

constexpr text graph::file_name(int parameter) const {
    text name;
    prefix(name, parameters[parameter].layer);
    return name.add(names_of_parameters[parameter]);
}

} // namespace strata::inline STRATA_ABI::core
