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
    if (x.axes != y.axes)
        return g.mistaken(mistake_kind::shapes_differ, x, y, x, " cannot be joined with ", y, " of ", whose,
                          ": one is ", name_of(x.axes), ", the other is ", name_of(y.axes),
                          x.axes == role::image || y.axes == role::image ? ". Flatten the image." : ". Flatten both.");
    if (x.with_channels(1) != y.with_channels(1))
        return g.mistaken(mistake_kind::shapes_differ, x, y, x, " cannot be joined with ", y, " of ", whose,
                          x.axes == role::image
                              ? ": height and width differ. Upsample, pool or pad one of them until they agree."
                              : ": their lengths differ. Give both the same number of positions.");
    const double joined = 1.0 * x.channels() + y.channels();
    if (joined * x.positions() > 2147483647)
        return g.mistaken(mistake_kind::size_is_too_large, x, y, x, " joined with ", y, " of ", whose,
                          " has more numbers than an int can count (2147483647). Make it smaller.");
    return operations::concat::append(g, a, b);
}

} // namespace strata::inline STRATA_ABI::detail
