#pragma once
/// crop1d<First, T> — T times of a signal, from time First on:  y[n,c,t] = x[n, c, First + t]
/// Shapes   x [C, T'] → y [C, T]
/// Rules    the input is a signal, and the part is inside it   (tests/compile_fail/pad/crop1d_*.cpp)
#include <strata/layers/move/crop.hpp>

namespace strata::inline STRATA_ABI {

template <int First, int T>
struct crop1d {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (in.axes != role::signal)
            return g.mistaken(mistake_kind::input_is_not_a_signal, in, shape(0, 0),
                              "needs a signal [C, T], but its input is ", in,
                              in.axes == role::image ? ", an image. Use crop." : ". Begin with time_series<C, T>.");
        if (T < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(T), shape(1), "a part of ", T,
                              " times is not possible. Use at least 1.");
        if (First < 0 || First > in.d1 - T)
            return g.mistaken(mistake_kind::part_is_outside_its_input, in, shape(in.d0, T), "takes ", T,
                              T == 1 ? " time" : " times", " from time ", First, " on, which is not all inside its ",
                              in.d1, in.d1 == 1 ? " time" : " times", ". Take a part that is inside.");
        return detail::build_crop(g, x, 1, in.d1, 0, First, shape::signal(in.d0, T), 1, T);
    }
    static constexpr void spell(text& t) { t.add("crop1d<", First, ", ", T, ">"); }
};

} // namespace strata::inline STRATA_ABI
