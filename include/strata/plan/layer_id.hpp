#pragma once
/// layer_id — a layer's name in a template argument: `"head"` of `named<"head", ...>`; `"stem.conv1"`, a layer within a
/// block, as in the names of files; or an outermost layer's position, 7 as in "7.weight". Used by
/// `frozen`, `parameters_of`, `parameter_group`, `required`, and by `layer_cut`.
#include <strata/base/fixed_string.hpp>

namespace strata::inline STRATA_ABI {

struct layer_id {
    static constexpr int longest = 63;
    char name[longest + 1]{};
    int position = -1; ///< −1: it is called by its name

    constexpr layer_id(int which) : position(which) {}
    template <unsigned long N>
    constexpr layer_id(const char (&text)[N]) {
        static_assert(N <= longest + 1, "strata: a layer name can have at most 63 characters here. Use its position.");
        for (unsigned long i = 0; i < N; ++i) name[i] = text[i];
    }
    /// Of all members: nvcc writes template arguments so.
    constexpr layer_id(const char (&text)[longest + 1], int which) : position(which) {
        for (int i = 0; i <= longest; ++i) name[i] = text[i];
    }
    friend constexpr bool operator==(const layer_id&, const layer_id&) = default;
};

} // namespace strata::inline STRATA_ABI
