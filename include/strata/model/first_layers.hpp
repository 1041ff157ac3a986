#pragma once
/// first_layers<K>(net) — the first K outermost layers of a model as a model, with copied parameters:
///
///   const auto stem = strata::first_layers<3>(net);         // conv, relu, max_pool of lenet5
///   const std::vector<float> maps = stem(images);           // of output_shape<decltype(stem)::network>
///   const auto trunk = strata::first_layers<"head">(net);   // the layers before the block "head"; until<"head"> too
///
/// It gives activations, or a body for another head. first_layers_of<Net, K> is the network.
/// Shapes   the output is that of the last of these layers
/// Rules    there is at least one; blocks (residual, repeat, named) are one layer each
///          (tests/compile_fail/surgery/part_*.cpp)
/// Fusion depends on the layers that follow, so numbers may differ by rounding from those inside the whole network.
#include <strata/layers/structure/find_part.hpp>
#include <strata/model/model.hpp>

#include <vector>

namespace strata::inline STRATA_ABI {

/// first_layers_of<Net, K> — the network of the first K layers of Net, or of those before a layer, "head".
/// Parameters have the names that they have in Net.
template <class Net, layer_cut End>
struct first_layers_of : detail::part_between<Net, detail::the_beginning<Net>, End>::type {};

template <layer_cut End, class Net, class Policy, class Precision>
[[nodiscard]] model<first_layers_of<Net, End>, Policy, Precision>
first_layers(const model<Net, Policy, Precision>& net) {
    model<first_layers_of<Net, End>, Policy, Precision> first{net.initial_seed(), net.policy_instance()};
    if constexpr (core::is_sound<first_layers_of<Net, End>>) {
        // Layers declare parameters in their order, so the first layers' are the first.
        const auto all = first.parameters();
        std::vector<typename Precision::type> elements;
        for (int i = 0; i < static_cast<int>(all.size()); ++i) {
            elements.resize(static_cast<std::size_t>(all[static_cast<std::size_t>(i)].extents.size()));
            net.get(i, elements.data());
            first.set(i, elements.data());
        }
    }
    return first;
}

} // namespace strata::inline STRATA_ABI
