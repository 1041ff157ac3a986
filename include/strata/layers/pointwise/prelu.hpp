#pragma once
/// prelu — y = x where x > 0, else a[c] · x, with a learned slope for each channel.
/// Channels are those of an image or signal, the features of a flat value or of the positions of a sequence.
/// prelu_shared has one slope for all.
///   dy/dx = 1 where x > 0, else a[c];  dy/da[c] = 0 where x > 0, else x
/// Shapes   x → y of the same shape;  weight [C], or [1] of prelu_shared
/// Start    a = 0.25
/// Source   He et al. 2015; torch.nn.PReLU(C), and torch.nn.PReLU(), whose slope is shared; keras.layers.PReLU with
///          shared_axes of all axes but the channels'
#include <strata/layers/run_layer.hpp>
#include <strata/operations/pointwise/prelu.hpp>

namespace strata::inline STRATA_ABI {

struct prelu {
    static constexpr value build(graph& g, value x) { return with_slopes(g, x, g.extents(x).channels()); }
    static constexpr void spell(text& t) { t.add("prelu"); }

  protected:
    static constexpr value with_slopes(graph& g, value x, int slopes) {
        const shape in = g.extents(x);
        if (in.axes == role::none || in.axes == role::tokens) return needs_numbers(g, in);
        const value w = g.parameter("weight", shape(slopes), initial_values{init::constant, 0.25});
        return operations::prelu::append(g, x, w);
    }

  private:
    static constexpr value needs_numbers(graph& g, const shape& in) {
        return g.mistaken(in.axes == role::tokens ? mistake_kind::input_is_tokens : mistake_kind::shape_has_no_role, in,
                          {}, "needs numbers with channels, but gets ", name_of(in.axes), " ", in,
                          in.axes == role::tokens ? ". Put embedding before it." : ".");
    }
};

struct prelu_shared : prelu {
    static constexpr value build(graph& g, value x) { return with_slopes(g, x, 1); }
    static constexpr void spell(text& t) { t.add("prelu_shared"); }
};

} // namespace strata::inline STRATA_ABI
