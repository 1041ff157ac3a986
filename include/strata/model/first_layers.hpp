#pragma once
/// first_layers<K>(net) — the first K outermost layers of a model as a model, with copied parameters:
///
///   const auto stem = strata::first_layers<3>(net);   // conv, relu, max_pool of lenet5
///   const std::vector<float> maps = stem(images);     // of output_shape<decltype(stem)::network>
///
/// It gives activations, or a body for another head.
/// Shapes   the output is that of layer K, counted from 1
/// Rules    1 <= K <= the number of outermost layers; blocks (residual, repeat, named) are one layer each
/// Fusion depends on the layers that follow, so numbers may differ by rounding from those inside the whole network.
#include <strata/base/type_list.hpp>
#include <strata/layers/network.hpp>
#include <strata/model/model.hpp>

#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

namespace detail {

template <class Input, class Layers, class Chosen>
struct network_of_layers;
template <class Input, class Layers, std::size_t... Index>
struct network_of_layers<Input, Layers, std::index_sequence<Index...>>
    : network<Input, typename Layers::template at<static_cast<int>(Index)>...> {};

} // namespace detail

/// The network of the first K layers of Net.
template <class Net, int K>
struct first_layers_of : detail::network_of_layers<typename Net::input, typename Net::layers,
                                                   std::make_index_sequence<static_cast<std::size_t>(K)>> {
    static_assert(K >= 1 && K <= Net::layers::size,
                  "strata: first_layers<K> takes from one to all of a network's outermost layers.");
};

template <int K, class Net, class Policy, class Precision>
[[nodiscard]] model<first_layers_of<Net, K>, Policy, Precision> first_layers(const model<Net, Policy, Precision>& net) {
    model<first_layers_of<Net, K>, Policy, Precision> first{net.initial_seed(), net.policy_instance()};
    // Layers declare parameters in their order, so the first layers' are the first.
    const auto all = first.parameters();
    std::vector<typename Precision::type> elements;
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        elements.resize(static_cast<std::size_t>(all[static_cast<std::size_t>(i)].extents.size()));
        net.get(i, elements.data());
        first.set(i, elements.data());
    }
    return first;
}

} // namespace strata::inline STRATA_ABI
