#pragma once
/// layer_id — how an outermost layer is called in a template argument: by its name, `"head"` of `named<"head", ...>`,
/// or by its position, 7 as in the summary and in the names of files ("7.weight"). Used by `frozen` and
/// `parameters_of`.
#include <strata/base/fixed_string.hpp>

namespace strata::inline STRATA_ABI {

struct layer_id {
    static constexpr int longest = 63;
    char name[longest + 1]{};
    int position = -1; ///< −1: it is called by its name

    constexpr layer_id(int which) : position(which) {}
    template <unsigned long N>
    constexpr layer_id(const char (&text)[N]) {
        static_assert(N <= longest + 1, "strata: the name of a layer has at most 63 letters here. Use its position.");
        for (unsigned long i = 0; i < N; ++i) name[i] = text[i];
    }
    /// Is it this layer's?
    [[nodiscard]] constexpr bool is(const char* its_name, int its_position) const {
        return position >= 0 ? position == its_position : name[0] != 0 && same_text(name, its_name);
    }
    friend constexpr bool operator==(const layer_id&, const layer_id&) = default;
};

} // namespace strata::inline STRATA_ABI
