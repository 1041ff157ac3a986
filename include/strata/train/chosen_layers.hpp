#pragma once
/// chosen_layers<Net, Ids...> — the outermost layers of a network that a program names, as the plan takes them. A name
/// that no layer has is one compile error with the names that there are.
/// (tests/compile_fail/frozen_layer_unknown.cpp)
#include <strata/plan/diagnosis.hpp>
#include <strata/train/layer_id.hpp>

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
    growing<const layer_row*> outermost;
    for (const layer_row& row : g.layers)
        if (row.parent < 0) outermost.push(&row);
    growing<bool> chosen;
    chosen.resize(outermost.size(), false);
    for (int i = 0; i < static_cast<int>(sizeof...(Ids)); ++i) {
        bool found = false;
        for (int l = 0; l < outermost.size(); ++l)
            if (ids[i]->is(outermost[l]->name, outermost[l]->index)) chosen[l] = found = true;
        if (found) continue;
        mistake& m = choice.wrong;
        m.why = because::layer_is_not_there;
        if (ids[i]->position < 0) m.names.push(ids[i]->name);
        text names;
        for (const layer_row* row : outermost) {
            if (row->name[0] == 0) continue;
            names.add(names.size() == 0 ? "\"" : ", \"", row->name, "\"");
            if (ids[i]->position < 0) m.names.push(row->name);
        }
        m.sentence.add("strata: the network has no outermost layer ");
        if (ids[i]->position >= 0)
            m.sentence.add(ids[i]->position), m.got = shape(ids[i]->position), m.needs = shape(outermost.size());
        else m.sentence.add("\"", ids[i]->name, "\"");
        m.sentence.add(". Its layers are 0 to ", outermost.size() - 1,
                       names.size() == 0 ? ", and none has a name" : "; those with a name are ", names,
                       ". Name one of these, or give a layer a name: named<\"head\", ...>.");
        return choice;
    }
    int ranges = 0;
    for (int l = 0; l < outermost.size(); ++l) {
        if (!chosen[l]) continue;
        if (l > 0 && chosen[l - 1]) ++choice.set.ranges[ranges - 1].last;
        else if (ranges < layer_set::most) choice.set.ranges[ranges++] = {l, l + 1};
        else {
            choice.wrong.why = because::layers_are_too_scattered;
            choice.wrong.got = shape(ranges + 1), choice.wrong.needs = shape(ranges);
            choice.wrong.sentence.add(
                "strata: the layers that are named stand in more than ", ranges,
                " places of the network. Put layers that belong together into a block: named<\"stem\", ...>.");
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
inline constexpr bool layers_are_there = choose_layers<Net, Ids...>().wrong.why == because::nothing;

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
