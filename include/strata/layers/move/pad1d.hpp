#pragma once
/// pad1d<Before, After, Options...> — a signal with times before and behind it:  y[n,c,t] = x[n, c, t−Before]
/// Those outside x are zero; with reflect they are x reflected at its end, which is not repeated, with replicate the
/// end itself. Without After there are as many behind the signal as before it.
/// Shapes   x [C, T] → y [C, Before + T + After]
/// Options  reflect, replicate
/// Rules    the input is a signal; nothing is negative; reflect needs less than T
///          (tests/compile_fail/pad/pad1d_*.cpp)
/// Source   PyTorch's ConstantPad1d, ReflectionPad1d and ReplicationPad1d
#include <strata/layers/move/pad.hpp>

namespace strata::inline STRATA_ABI {

template <int Before, int After = Before, class... Options>
struct pad1d {
    static constexpr value build(graph& g, value x) {
        const option_values o = read_options<Options...>(g, option::reflect | option::replicate);
        if (!o.valid) return {};
        const shape in = g.extents(x);
        if (in.axes != role::signal)
            return g.mistaken(mistake_kind::input_is_not_a_signal, in, shape(0, 0),
                              "needs a signal [C, T], but its input is ", in,
                              in.axes == role::image ? ", an image. Use pad." : ". Begin with time_series<C, T>.");
        return detail::build_pad(g, x, 1, in.d1, {0, 0, Before, After}, o);
    }
    static constexpr void spell(text& t) {
        t.add("pad1d<", Before, ", ", After);
        int in_order[] = {(t.add(", "), spell_layer<Options>(t), 0)..., 0};
        (void)in_order;
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
