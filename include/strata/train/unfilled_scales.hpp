#pragma once
/// What a fit says of normalise and denormalise layers that still have the mean 0 and the deviation 1 with which a
/// model begins, so that they do nothing. Networks without such layers compile none of this.
#include <strata/base/sentence.hpp>
#include <strata/plan/description.hpp>
#include <strata/train/explain_loss.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// Does a network normalise, or denormalise?
template <class Plan>
constexpr bool has_scales() {
    for (const key& k : Plan::data.keys)
        if (k.kind == op_named("normalise")) return true;
    return false;
}

/// The scales of one kind of layer: which is the first that was not filled, and how many there are.
struct unfilled_scale {
    int first = -1; ///< the parameter that is its mean
    int count = 0;
};

template <class Model>
[[gnu::cold, gnu::noinline]] bool is_unfilled(const Model& net, int mean) {
    using number = typename Model::number;
    for (int i = 0; i < 2; ++i) {
        std::vector<number> numbers(
            static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(mean)].elements));
        net.get(mean + i, numbers.data());
        for (const number x : numbers)
            if (x != number(i)) return false;
    }
    return true;
}

/// Not a template: what is said of the layer at a position, and with which function it is filled.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string words_on_unfilled(const std::string& position, int count,
                                                                             std::string_view mean,
                                                                             std::string_view deviation, bool targets) {
    const std::string others =
        count > 1 ? sentence({" The same is true of ", count - 1, " more ", targets ? "denormalise" : "normalise",
                              count > 2 ? " layers." : " layer."})
                  : std::string();
    return sentence({position, " still has its initial mean of 0 (", mean, ") and standard deviation of 1 (", deviation,
                     "), so it does nothing.", others, " Call strata::",
                     targets ? "fit_target_scale" : "fit_normalisation", "(net, train) before the fit."});
}

/// A sentence for each kind of layer that was not filled: normalise, then denormalise.
template <class Model>
[[nodiscard, gnu::cold, gnu::noinline]] std::vector<std::string> unfilled_scales(const Model& net) {
    using words = core::description<typename Model::network>;
    std::vector<std::string> said;
    for (const bool targets : {false, true}) {
        unfilled_scale found;
        const int count = static_cast<int>(net.parameters().size());
        for (int p = 0; p + 1 < count; ++p) {
            const int row = net.parameters()[static_cast<std::size_t>(p)].layer;
            if (row < 0 || words::spelling(row) != (targets ? "denormalise" : "normalise")) continue;
            if (is_unfilled(net, p)) found.first = found.count == 0 ? p : found.first, ++found.count;
            ++p; // its deviation
        }
        if (found.count == 0) continue;
        std::string position =
            position_of_layer<typename Model::network>(net.parameters()[static_cast<std::size_t>(found.first)].layer);
        said.push_back(
            words_on_unfilled(position, found.count, words::name(found.first), words::name(found.first + 1), targets));
    }
    return said;
}

} // namespace strata::inline STRATA_ABI::detail
