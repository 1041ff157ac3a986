#pragma once
/// layer_cut — a place between two of a network's outermost layers, in a template argument: before the layer with that
/// name or position, `"head"`, 7, or behind it, `through<"stem">` (see cuts.hpp). The number of layers is the end.
/// Used by `first_layers`, `layers_between` and `replaced`.
#include <strata/plan/layer_id.hpp>

namespace strata::inline STRATA_ABI {

struct layer_cut {
    layer_id layer;
    bool is_behind = false;

    constexpr layer_cut(int position) : layer(position) {}
    template <unsigned long N>
    constexpr layer_cut(const char (&name)[N]) : layer(name) {}
    constexpr layer_cut(const layer_id& which, bool behind) : layer(which), is_behind(behind) {}
    friend constexpr bool operator==(const layer_cut&, const layer_cut&) = default;
};

} // namespace strata::inline STRATA_ABI
