#pragma once
/// spatial_dropout<Rate> — in training, zeroes whole channels with probability Rate; in inference y = x.
/// They are the channels of an image or signal, or the features of a sequence at all positions. Those that are kept
/// become x / (1 − Rate).
/// Which channels of which sample are dropped follows from the seed, the step and the layer alone.
/// Shapes   x → y of the same shape
/// Rules    0 <= Rate < 1, as a float as well; the input has positions
///          (tests/compile_fail/pointwise/spatial_dropout_*.cpp)
/// Source   Tompson et al. 2015; torch.nn.Dropout2d and Dropout1d, keras.layers.SpatialDropout2D
#include <strata/layers/pointwise/dropout.hpp>
#include <strata/operations/pointwise/shared_dropout.hpp>

namespace strata::inline STRATA_ABI {

template <real Rate>
struct spatial_dropout {
    static constexpr value build(graph& g, value x) {
        if (!detail::is_rate_of_dropout(g, Rate.number(), "spatial_dropout")) return {};
        const shape in = g.extents(x);
        if (in.axes != role::image && in.axes != role::signal && in.axes != role::sequence)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, {},
                              "needs an image, a signal or a sequence, but its input is ", name_of(in.axes), " ", in,
                              ". Use dropout, which drops single numbers.");
        return operations::shared_dropout::append(g, x, Rate.number(), true);
    }
    static constexpr void spell(text& t) { t.add("spatial_dropout<", Rate.number(), ">"); }
};

} // namespace strata::inline STRATA_ABI
