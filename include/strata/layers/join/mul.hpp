#pragma once
/// mul<"name"> — y = x · the value tagged "name".
/// It multiplies element by element, or each channel of an image or signal by a value per channel, whichever of the two
/// is the image:  y[c,h,w] = x[c,h,w] · s[c]
/// Shapes   equal ones;  [C, H, W] and [C], or [C, 1, 1];  [C, T] and [C]      (tests/compile_fail/join/mul_*.cpp)
/// So squeeze-and-excitation is (Hu, Shen & Sun 2018; the layer squeeze_excite has it in one):
///   tag<"x">, global_avg_pool, dense<4>, relu, dense<64>, sigmoid, mul<"x">
#include <strata/layers/structure/tag.hpp>
#include <strata/operations/join/multiply.hpp>
#include <strata/operations/join/scale_channels.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

/// Can a value of shape s scale the channels of x?
constexpr bool scales_channels_of(const shape& x, const shape& s) {
    const bool one_each =
        s.axes == role::flat || ((s.axes == role::image || s.axes == role::signal) && s.positions() == 1);
    return (x.axes == role::image || x.axes == role::signal) && one_each && s.channels() == x.channels();
}

} // namespace detail

template <fixed_string Name>
struct mul {
    static constexpr value build(graph& g, value x) {
        const value w = detail::recall_tag(g, Name.c_str());
        if (g.failed()) return {};
        const shape a = g.extents(x), b = g.extents(w);
        if (a == b) return operations::multiply::append(g, x, w);
        if (detail::scales_channels_of(a, b)) return operations::scale_channels::append(g, x, w);
        if (detail::scales_channels_of(b, a)) return operations::scale_channels::append(g, w, x);
        return g.mistaken(
            mistake_kind::shapes_differ, a, b, a, " cannot be multiplied by ", b, ", the value tagged \"", Name.c_str(),
            "\". Give both the same shape, or one of them a single number for each of the other's channels: "
            "global_avg_pool and dense.");
    }
    static constexpr void spell(text& t) { t.add("mul<\"", Name.c_str(), "\">"); }
};

} // namespace strata::inline STRATA_ABI
