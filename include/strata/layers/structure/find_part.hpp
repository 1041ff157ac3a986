#pragma once
/// find_part — where the cuts of a part are in its network, and what the compiler says of cuts that are no part: a name
/// that no layer has, a layer within a block, an end before the beginning, nothing in between.
/// (tests/compile_fail/surgery/part_*.cpp, replaced_*.cpp)
#include <strata/layers/structure/layer_cut.hpp>
#include <strata/layers/structure/placed_network.hpp>
#include <strata/plan/diagnosis.hpp>
#include <strata/plan/find_layer.hpp>

namespace strata::inline STRATA_ABI::detail {

/// The cut before a network's first layer. (That of a part of a network has a later position than 0.)
template <class Net>
inline constexpr layer_cut the_beginning{first_position<Net>};

struct part_range {
    int first = 0, last = 0;
    bool there = false;
};
struct found_part {
    part_range range{};
    mistake wrong{};
};

/// The layer that a cut names, as it was written: "head", or 7.
constexpr text words_of_cut(const layer_cut& c) {
    if (c.layer.position >= 0) return text{}.add("layer ", c.layer.position);
    return text{}.add("\"", c.layer.name, "\"");
}

/// The position of the layer behind the cut.
template <class Net>
constexpr int position_of(const graph& g, const layer_cut& c, mistake& wrong) {
    if (c.layer.position == end_position<Net> && !c.is_behind) return end_position<Net>;
    const int row = find_layer(g, c.layer);
    if (row < 0) {
        wrong = no_such_layer(g, c.layer);
        return 0;
    }
    if (g.layers[row].parent >= 0) {
        int block = row;
        while (g.layers[block].parent >= 0) block = g.layers[block].parent;
        wrong.why = mistake_kind::layer_is_in_a_block;
        wrong.names.push(c.layer.name);
        wrong.names.push(g.layers[block].name);
        wrong.sentence.add("strata: ", words_of_cut(c), " is in the block \"", path_of_layer(g, block),
                           "\", but a network can only be cut between its outermost layers. Cut it at \"",
                           path_of_layer(g, block), "\", or end the block there and begin another.");
        return 0;
    }
    return g.layers[row].index + (c.is_behind ? 1 : 0);
}

/// The layers between two cuts.
template <class Net, layer_cut Begin, layer_cut End>
constexpr found_part find_part() {
    found_part part;
    const graph g = build<Net>(request{});
    const layer_cut* const cuts[] = {&Begin, &End}; // the arguments themselves: names outlive this function
    part.range.first = position_of<Net>(g, *cuts[0], part.wrong);
    if (part.wrong.why == mistake_kind::nothing) part.range.last = position_of<Net>(g, *cuts[1], part.wrong);
    if (part.wrong.why != mistake_kind::nothing) return part;
    const int first = part.range.first, last = part.range.last;
    part.range.there = first < last;
    if (part.range.there) return part;
    mistake& m = part.wrong;
    m.got = shape(first, last);
    if (first > last) {
        m.why = mistake_kind::cuts_are_in_reverse;
        m.sentence.add("strata: a part of a network cannot end ", End.is_behind ? "with " : "before ",
                       words_of_cut(End), ", at position ", last, ", and begin ", Begin.is_behind ? "after " : "with ",
                       words_of_cut(Begin), ", at position ", first, ". Name the layers in the order of the network.");
    } else {
        m.why = mistake_kind::part_is_empty;
        m.sentence.add("strata: a part of a network needs at least one layer, but there is none ");
        if (first == first_position<Net>)
            m.sentence.add("before ", words_of_cut(End), ", which is the network's first. Cut after a later layer.");
        else
            m.sentence.add("that begins ", Begin.is_behind ? "after " : "with ", words_of_cut(Begin), " and ends ",
                           End.is_behind ? "with " : "before ", words_of_cut(End),
                           ". To include the last layer, write through<...>.");
    }
    return part;
}
template <class Net, layer_cut Begin, layer_cut End>
inline constexpr part_range range_of_part = find_part<Net, Begin, End>().range;

/// Stands for a part of what is no network, or a broken one: its mistake is the network's own.
template <class Net>
struct part_of_broken {
    using whole = Net;
    static constexpr void build(graph& g) {
        g.mistaken(mistake_kind::it_is_no_network, {}, {}, "it is part of a network with a mistake.");
    }
    static constexpr void spell(text& t) { t.add("network<>"); }
};
/// Stands for a part of a network that has no list of layers.
struct part_of_no_list {
    static constexpr void build(graph& g) {
        g.mistaken(mistake_kind::it_is_no_network, {}, {},
                   "this network has no list of layers to cut. Derive it from strata::network<Input, Layers...>.");
    }
    static constexpr void spell(text& t) { t.add("network<>"); }
};
/// Stands for a part that is not there.
template <class Net, layer_cut Begin, layer_cut End>
struct no_part {
    static constexpr void build(graph& g) { g.mistaken(find_part<Net, Begin, End>().wrong); }
    static constexpr void spell(text& t) { t.add("network<>"); }
};

template <class Net, layer_cut Begin, layer_cut End, class... Added>
constexpr auto choose_part() {
    if constexpr (!is_sound<Net>) return type_is<part_of_broken<Net>>{};
    else if constexpr (!has_layers<Net>) return type_is<part_of_no_list>{};
    else if constexpr (!range_of_part<Net, Begin, End>.there) return type_is<no_part<Net, Begin, End>>{};
    else
        return type_is<
            network_part<Net, range_of_part<Net, Begin, End>.first, range_of_part<Net, Begin, End>.last, Added...>>{};
}
template <class Net, layer_cut Begin, layer_cut End, class... Added>
struct part_between {
    using type = typename decltype(choose_part<Net, Begin, End, Added...>())::type;
};

} // namespace strata::inline STRATA_ABI::detail
