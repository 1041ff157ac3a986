#pragma once
/// layer_row — one layer as the summary shows it.
#include <strata/base/shape.hpp>
#include <strata/base/words/text.hpp>

namespace strata::inline STRATA_ABI::core {

struct layer_row {
    int depth = 0, index = -1, count = 0, parent = -1;
    const char* name = ""; ///< replaces the number in names of parameters, unless empty
    void (*spell)(text&) = nullptr;
    bool transparent = false; ///< adds no part of its own to names
    int positions = 0;        ///< the layers in it that have no name stand at positions below this
    shape output{};
    int result = -1; ///< the index of its output among the graph's values; −1: it has none
    long long parameters = 0;
};

} // namespace strata::inline STRATA_ABI::core
