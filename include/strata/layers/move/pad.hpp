#pragma once
/// pad<Sides, Options...> — an image with rows and columns around it:  y[n,c,h,w] = x[n, c, h−top, w−left]
/// Those outside x are zero; with reflect they are x reflected at its border, which is not repeated, with replicate the
/// border itself. pad<1> has one at each side, pad<sides(1, 2)> one above and below and two left and right,
/// pad<sides(1, 2, 3, 4)> differs at top, bottom, left and right.
/// Shapes   x [C, H, W] → y [C, top + H + bottom, left + W + right]
/// Options  reflect, replicate
/// Rules    the input is an image; nothing is negative; reflect needs less than H and W
///          (tests/compile_fail/pad/pad_*.cpp)
/// Source   PyTorch's ZeroPad2d, ReflectionPad2d and ReplicationPad2d
#include <strata/layers/options.hpp>
#include <strata/layers/sides.hpp>
#include <strata/operations/move/border_pad.hpp>
#include <strata/operations/move/pad.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

/// Pads an image, or a signal as an image of one row, [C, rows, columns].
constexpr value build_pad(graph& g, value x, int rows, int columns, const sides& s, const option_values& o) {
    const shape in = g.extents(x);
    const bool signal = in.axes == role::signal;
    if (s.top < 0 || s.bottom < 0 || s.left < 0 || s.right < 0)
        return g.mistaken(mistake_kind::size_is_not_positive, in, {},
                          "cannot take anything away. Give 0 or more for each side, or use ",
                          signal ? "crop1d." : "crop.");
    if (o.is_reflected && o.is_replicated)
        return g.mistaken(mistake_kind::options_conflict, {}, {},
                          "reflect and replicate both say what is outside the input. Keep one of them.");
    if (o.is_reflected && (s.top >= rows || s.bottom >= rows || s.left >= columns || s.right >= columns)) {
        text size;
        if (!signal) size.add(rows, "x");
        size.add(columns, signal ? " times must be more than the padding at each end"
                                 : " input must be larger than the padding at each side");
        return g.mistaken(mistake_kind::padding_larger_than_its_input, in, {},
                          "reflects at the border, which is not repeated, so its ", size,
                          ". Use less padding, or replicate.");
    }
    const long long height = 0LL + rows + s.top + s.bottom, width = 0LL + columns + s.left + s.right;
    if (static_cast<double>(height) * static_cast<double>(width) * in.d0 > 2147483647.0)
        return g.mistaken(mistake_kind::size_is_too_large, in, {}, "pads its ", rows, "x", columns, " input to ",
                          height, "x", width, ", more numbers than an int can count (2147483647). Use less padding.");
    core::window around;
    around.top = s.top, around.bottom = s.bottom, around.left = s.left, around.right = s.right;
    const shape y = signal ? shape::signal(in.d0, static_cast<int>(width))
                           : shape(in.d0, static_cast<int>(height), static_cast<int>(width));
    if (y == in) return x;
    return o.is_reflected    ? operations::reflect_pad::append(g, x, around, y)
           : o.is_replicated ? operations::replicate_pad::append(g, x, around, y)
                             : operations::pad::append(g, x, around, y);
}

} // namespace detail

template <sides Sides, class... Options>
struct pad {
    static constexpr value build(graph& g, value x) {
        const option_values o = read_options<Options...>(g, option::reflect | option::replicate);
        if (!o.valid) return {};
        const shape in = g.extents(x);
        if (in.axes != role::image)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, shape(0, 0, 0),
                              "needs an image [C, H, W], but its input is ", in,
                              in.axes == role::signal ? ", a signal. Use pad1d."
                                                      : ". Put it before flatten, or begin with image<C, H, W>.");
        return detail::build_pad(g, x, in.d1, in.d2, Sides, o);
    }
    static constexpr void spell(text& t) {
        t.add("pad<");
        Sides.spell(t);
        int in_order[] = {(t.add(", "), spell_layer<Options>(t), 0)..., 0};
        (void)in_order;
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
