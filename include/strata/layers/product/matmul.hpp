#pragma once
/// matmul<"name"> — the matrix product of x and the value tagged "name", for each sample:  y = x · w
/// matmul_transposed<"name"> multiplies by the transpose, y = x · wᵀ: each position of x meets each of the value tagged
/// "name" in a scalar product, as queries meet keys.
/// Shapes   x [T, D], tagged [D, S] → y [T, S];  matmul_transposed: x [T, D], tagged [S, D] → y [T, S]
/// Rules    both are sequences whose extents fit                        (tests/compile_fail/product/matmul_*.cpp)
/// Source   torch.matmul(x, w), torch.matmul(q, k.transpose(-2, -1))
#include <strata/layers/structure/tag.hpp>
#include <strata/operations/product/matmul.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

constexpr value multiply_by_tag(graph& g, value x, const char* name, bool transposed) {
    const value w = recall_tag(g, name);
    if (g.failed()) return {};
    const shape a = g.extents(x), b = g.extents(w);
    if (a.axes != role::sequence || b.axes != role::sequence)
        return g.mistaken(mistake_kind::shapes_differ, a, b, "multiplies sequences, but ",
                          a.axes == role::sequence ? "the value tagged \"" : "its input is ",
                          a.axes == role::sequence ? name : "", a.axes == role::sequence ? "\" is " : "",
                          a.axes == role::sequence ? b : a, ", ", name_of(a.axes == role::sequence ? b.axes : a.axes),
                          ". Begin with vectors<T, D>, or with tokens and embedding.");
    if (g.hop() > 0)
        return g.mistaken(mistake_kind::layer_cannot_stream, a, {},
                          "multiplies all positions with each other, but a stream passes on ", g.hop(),
                          " per step. Use layers that are causal, or that work on each position alone.");
    if (a.d1 != (transposed ? b.d1 : b.d0))
        return g.mistaken(mistake_kind::shapes_differ, a, b, a, " cannot be multiplied by ", b,
                          transposed ? " transposed" : "", ", the value tagged \"", name, "\": ", a.d1,
                          transposed ? " numbers at each position meet " : " columns meet ", transposed ? b.d1 : b.d0,
                          transposed ? "." : " rows.",
                          transposed && a.d1 == b.d0    ? " matmul fits."
                          : !transposed && a.d1 == b.d1 ? " matmul_transposed fits."
                                                        : " Put a dense layer before one of them.");
    return operations::matmul::append(g, x, w, false, transposed);
}

} // namespace detail

template <fixed_string Name>
struct matmul {
    static constexpr value build(graph& g, value x) { return detail::multiply_by_tag(g, x, Name.c_str(), false); }
    static constexpr void spell(text& t) { t.add("matmul<\"", Name.c_str(), "\">"); }
};

template <fixed_string Name>
struct matmul_transposed {
    static constexpr value build(graph& g, value x) { return detail::multiply_by_tag(g, x, Name.c_str(), true); }
    static constexpr void spell(text& t) { t.add("matmul_transposed<\"", Name.c_str(), "\">"); }
};

} // namespace strata::inline STRATA_ABI
