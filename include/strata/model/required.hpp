#pragma once
/// required<Layers...> — layers and blocks that take must find whole in its source; else it takes nothing:
///
///   (void)net.take("pretrained.safetensors", strata::required<"trunk">{});
///   (void)net.take("resnet.safetensors", {{"conv1.*", "stem.0.*"}}, strata::required<"stem", 3>{});
///
/// A layer is given by its name or its position (see `<strata/plan/layer_id.hpp>`), a layer in a block by
/// its path: "trunk.conv1".
/// Errors   file_error where the source lacks one of their parameters or buffers, or has one of another shape: it lists
///          them; a compile error for a layer that the network does not have
#include <strata/plan/chosen_layers.hpp>

namespace strata::inline STRATA_ABI {

template <layer_id... Layers>
struct required {
    static_assert(sizeof...(Layers) > 0, "strata: required<...> needs at least one layer: required<\"trunk\">.");
    static constexpr bool is_required = true;
    template <class Net>
    using diagnosis = detail::diagnosis_of_layers<Net, Layers...>;
    template <class Net>
    static constexpr core::layer_set layers = detail::chosen_layers<Net, Layers...>;
};

} // namespace strata::inline STRATA_ABI
