#pragma once
/// chosen_layers<Net, Ids...> — the layers of a network that a program names, as the plan takes them: outermost ones or
/// layers within blocks. A name that no layer has is one compile error with the names that there are.
/// (tests/compile_fail/train/frozen_layer_unknown.cpp, frozen_layer_in_a_block.cpp)
#include <strata/plan/diagnosis.hpp>
#include <strata/plan/find_layer.hpp>

namespace strata::inline STRATA_ABI::detail {

/// The mistake in a choice of layers, if there is one; else the layers.
struct layer_choice {
    layer_set set{};
    mistake wrong{};
};

template <class Net, layer_id... Ids>
constexpr layer_choice choose_layers() {
    layer_choice choice;
    const graph g = build<Net>(request{});
    const layer_id* const ids[] = {&Ids..., nullptr}; // the arguments themselves: names outlive this function
    constexpr_vector<bool> chosen;
    chosen.resize(g.layers.size(), false);
    for (int i = 0; i < static_cast<int>(sizeof...(Ids)); ++i) {
        const int row = find_layer(g, *ids[i]);
        if (row < 0) {
            choice.wrong = no_such_layer(g, *ids[i]);
            return choice;
        }
        for (int inner = row; inner < end_of_layer(g, row); ++inner) chosen[inner] = true;
    }
    int ranges = 0;
    for (int row = 0; row < g.layers.size(); ++row) {
        if (!chosen[row]) continue;
        if (row > 0 && chosen[row - 1]) ++choice.set.ranges[ranges - 1].last;
        else if (ranges < layer_set::most) choice.set.ranges[ranges++] = {row, row + 1};
        else {
            choice.wrong.why = mistake_kind::layers_are_too_scattered;
            choice.wrong.got = shape(ranges + 1), choice.wrong.needs = shape(ranges);
            choice.wrong.sentence.add("strata: the named layers are in more than ", ranges,
                                      " separate places of the network. Group layers that belong together into a "
                                      "block: named<\"stem\", ...>.");
            return {{}, choice.wrong};
        }
    }
    return choice;
}

template <class Net, layer_id... Ids>
struct layer_choice_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr mistake find() { return choose_layers<Net, Ids...>().wrong; }
};
template <class Net, layer_id... Ids>
inline constexpr bool layers_are_there = choose_layers<Net, Ids...>().wrong.why == mistake_kind::nothing;

template <class Net, layer_id... Ids>
auto verdict_on_layers() -> nothing_wrong;
template <class Net, layer_id... Ids>
    requires(is_sound<Net> && !layers_are_there<Net, Ids...>)
auto verdict_on_layers() -> decltype(reported<layer_choice_source<Net, Ids...>>::mistake());

/// The base class of what uses a choice: the error is reported here, once.
template <class Net, layer_id... Ids>
struct diagnosis_of_layers : decltype(verdict_on_layers<Net, Ids...>()) {};

template <class Net, layer_id... Ids>
inline constexpr layer_set chosen_layers = choose_layers<Net, Ids...>().set;

} // namespace strata::inline STRATA_ABI::detail
