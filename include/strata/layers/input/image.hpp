#pragma once
/// image<C, H, W> — the input of a network: images of C channels, H rows and W columns, channels first.
/// Shapes   x [C, H, W]
/// Rules    a shape that looks like [H, W, C] is refused with a hint; image<..., as_written> accepts it
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI {

/// Accepts an image whose last extent looks like a number of channels.
struct as_written {
    static constexpr bool accepts_any_order = true;
};

template <int C, int H, int W, class... Options>
struct image {
    static constexpr value build_input(graph& g) {
        const shape s(C, H, W);
        if (C < 1 || H < 1 || W < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, s, shape(1, 1, 1), "the input, image<", C, ", ", H,
                              ", ", W,
                              ">, has a size that is not positive. Use channels, height and width of at least 1.");
        if constexpr (!(requires { Options::accepts_any_order; } && ... && true))
            return g.mistaken(mistake_kind::option_is_unknown, s, {}, "the input, image<", C, ", ", H, ", ", W,
                              ", ...>, has an unknown option. It takes only as_written.");
        if (sizeof...(Options) == 0 && ((W <= 4 && C == H && C > 4) || (W <= 4 && W != 2 && C >= 16 && H >= 16)))
            return g.mistaken(mistake_kind::channels_stand_last, s, shape(W, C, H), "the input, image<", C, ", ", H,
                              ", ", W, ">, has its channels last. Did you mean image<", W, ", ", C, ", ", H,
                              ">? (If this is intended, add as_written.)");
        return g.add_value(s, core::storage::input);
    }
    static constexpr void spell(text& t) {
        t.add("image<", C, ", ", H, ", ", W, sizeof...(Options) > 0 ? ", as_written>" : ">");
    }
};

} // namespace strata::inline STRATA_ABI
