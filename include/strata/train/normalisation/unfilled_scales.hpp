#pragma once
/// What a fit says of normalise and denormalise layers with mean 0 and deviation 1, as in a new model, which change
/// nothing. Networks without such layers compile none of this.
#include <strata/base/words/sentence.hpp>
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

/// The scales that one sentence is about: the first of them, and how many there are.
struct unfilled_scale {
    bool targets = false; ///< denormalise
    bool reached = false; ///< fit_normalisation or fit_target_scale fills it
    bool resumed = false; ///< it is from a checkpoint
    int first = -1;       ///< the parameter that is its mean
    int count = 0;
};

/// Does fit_normalisation fill the normalise at this row, or fit_target_scale the denormalise? Each layer that it is in
/// must be a sequence or named that it begins, or ends.
template <class Net>
[[gnu::cold, gnu::noinline]] bool is_reached(int row, bool targets) {
    using words = core::description<Net>;
    bool inside = false;
    for (int depth = words::layer(row).depth; row >= 0; --row) { // outwards
        const core::described_layer& layer = words::layer(row);
        if (layer.depth != depth) continue;
        const std::string_view spelling = words::spelling(row);
        if (inside && spelling.substr(0, 9) != "sequence<" && spelling.substr(0, 6) != "named<") return false;
        if (targets ? layer.index + 1 != layer.count : depth > 0 && layer.index != 0) return false;
        inside = true;
        --depth;
    }
    return true;
}

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

/// Not a template: what is said of the layer at a position, and how it is filled.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string words_on_unfilled(const std::string& position,
                                                                             const unfilled_scale& found,
                                                                             std::string_view mean,
                                                                             std::string_view deviation) {
    const char* const kind = found.targets ? "denormalise" : "normalise";
    const char* const function = found.targets ? "strata::fit_target_scale" : "strata::fit_normalisation";
    std::string words = sentence(
        {position, " has mean 0 (", mean, ") and standard deviation 1 (", deviation, "), so it changes nothing."});
    if (found.count > 1)
        words += sentence(
            {" The same is true of ", found.count - 1, " more ", kind, found.count > 2 ? " layers." : " layer."});
    words += " If it was not filled, call ";
    words += found.reached ? sentence({function, "(net, train)"})
                           : sentence({"net.set(\"", mean, "\", ...) and net.set(\"", deviation, "\", ...)"});
    words += " before the fit";
    if (found.resumed) words += " and start in another folder: the checkpoint holds the unfilled scale";
    if (found.reached) return words + ".";
    return sentence({words, found.resumed ? ". Or move the layer: " : ", or move the layer: ", function,
                     found.targets ? " fills only the denormalise that ends the network."
                                   : " fills only an outermost normalise, and one that begins an outermost sequence or "
                                     "named."});
}

/// A sentence for each kind of layer that was not filled: normalise, then denormalise, of each those first that the
/// library fills.
template <class Model>
[[nodiscard, gnu::cold, gnu::noinline]] std::vector<std::string> unfilled_scales(const Model& net, bool resumed) {
    using network = typename Model::network;
    using words = core::description<network>;
    std::vector<std::string> said;
    const int count = static_cast<int>(net.parameters().size());
    for (const int kind : {0, 1, 2, 3}) {
        unfilled_scale found{.targets = kind >= 2, .reached = kind % 2 == 0, .resumed = resumed};
        for (int p = 0; p + 1 < count; ++p) {
            const int row = net.parameters()[static_cast<std::size_t>(p)].layer;
            if (row < 0 || words::spelling(row) != (found.targets ? "denormalise" : "normalise")) continue;
            if (is_reached<network>(row, found.targets) == found.reached && is_unfilled(net, p))
                found.first = found.count == 0 ? p : found.first, ++found.count;
            ++p; // its deviation
        }
        if (found.count == 0) continue;
        said.push_back(
            words_on_unfilled(position_of_layer<network>(net.parameters()[static_cast<std::size_t>(found.first)].layer),
                              found, words::name(found.first), words::name(found.first + 1)));
    }
    return said;
}

} // namespace strata::inline STRATA_ABI::detail
