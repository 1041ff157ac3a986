#pragma once
/// How parallel, add and concat combine two values, and the mistakes that this can make.
#include <strata/operations/join/concat.hpp>
#include <strata/plan/graph.hpp>
#include <strata/plan/operations/add.hpp>

namespace strata::inline STRATA_ABI::detail {

template <class Whose>
constexpr value join_by_add(graph& g, value a, value b, const Whose& whose) {
    const shape x = g.extents(a), y = g.extents(b);
    if (g.failed()) return {};
    if (x != y)
        return g.mistaken(mistake_kind::shapes_differ, x, y, x, " cannot be added to ", y, " of ", whose,
                          ". Give both the same channels, height and width.");
    return operations::add::append(g, a, b);
}

template <class Whose>
constexpr value join_by_concat(graph& g, value a, value b, const Whose& whose) {
    const shape x = g.extents(a), y = g.extents(b);
    if (g.failed()) return {};
    if (x.rank != y.rank)
        return g.mistaken(mistake_kind::shapes_differ, x, y, x, " cannot be joined with ", y, " of ", whose,
                          ": one is an image, the other is flat. Flatten the image.");
    if (x.d1 != y.d1 || x.d2 != y.d2)
        return g.mistaken(mistake_kind::shapes_differ, x, y, x, " cannot be joined with ", y, " of ", whose,
                          ": height and width differ. Upsample, pool or pad one of them until they agree.");
    if (1LL * x.d0 + y.d0 > 2147483647)
        return g.mistaken(mistake_kind::size_is_too_large, x, y, x, " joined with ", y, " of ", whose,
                          " has more numbers than an int can count (2147483647). Make it smaller.");
    return operations::concat::append(g, a, b);
}

} // namespace strata::inline STRATA_ABI::detail
