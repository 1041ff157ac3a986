#pragma once
/// What mean_over_positions and max_over_positions take.
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI::detail {

/// Records a mistake for an input without positions that come one after the other, and for a stream.
constexpr bool has_all_positions(graph& g, value x, const char* what, const char* of_images) {
    const shape in = g.extents(x);
    if (in.axes == role::tokens)
        g.mistaken(mistake_kind::input_is_tokens, in, {}, "works on numbers, but gets the tokens ", in,
                   ". Put embedding<Vocabulary, Features> before it.");
    else if (in.axes == role::image)
        g.mistaken(mistake_kind::input_is_not_a_signal, in, {},
                   "needs a sequence [T, D] or a signal [C, T], but gets an image ", in, ". Use ", of_images, ".");
    else if (in.axes != role::sequence && in.axes != role::signal)
        g.mistaken(mistake_kind::input_is_not_a_signal, in, {},
                   "needs a sequence [T, D] or a signal [C, T], but its input is ", in,
                   ", which has no positions. Put it before flatten, or begin with tokens, vectors or time_series.");
    else if (g.hop() > 0)
        g.mistaken(
            mistake_kind::layer_cannot_stream, in, {}, "is the ", what,
            " over all positions, but the positions of a stream have no end. Run the network on pieces: net(x).");
    return !g.failed();
}

} // namespace strata::inline STRATA_ABI::detail
