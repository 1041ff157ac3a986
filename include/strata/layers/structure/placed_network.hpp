#pragma once
/// placed_network<Input, First, Count, Layers...> — a network whose layers stand at the positions First, First + 1, ...
/// of Count, and so have the names in files that they have in the network from which they are.
#include <strata/base/type_list.hpp>
#include <strata/layers/run_layer.hpp>
#include <strata/layers/structure/network_ports.hpp>
#include <strata/plan/passes/build.hpp>

namespace strata::inline STRATA_ABI::detail {

template <class Input, int First, int Count, class... Layers>
struct placed_network {
    using input = Input;
    using layers = type_list<Layers...>;
    static constexpr int first_position = First, position_count = Count;

    static constexpr void build(graph& g) {
        value x = begin_network<Input>(g);
        int i = First;
        int in_order[] = {(x = run_layer<Layers>(g, x, i++, Count), 0)..., 0};
        (void)in_order;
        end_network(g, x);
    }
    static constexpr void spell(text& t) {
        t.add("network<");
        spell_layers<Input, Layers...>(t);
        t.add(">");
    }
};

/// Has the network a list of outermost layers?
template <class Net>
concept has_layers = requires {
    typename Net::input;
    Net::layers::size;
};
/// The position of a network's first layer, and how many positions there are up to its end.
template <class Net>
inline constexpr int first_position = 0;
template <class Net>
    requires requires { Net::first_position; }
inline constexpr int first_position<Net> = Net::first_position;
template <class Net>
inline constexpr int end_position = first_position<Net> + Net::layers::size;
template <class Net>
inline constexpr int position_count = Net::layers::size;
template <class Net>
    requires requires { Net::position_count; }
inline constexpr int position_count<Net> = Net::position_count;

/// What the layer at a position is given. Its `padding` is that of the tokens whose positions it has.
template <class Net>
constexpr core::value_info value_before(int position) {
    const graph g = build<Net>(request{});
    int index = g.input.index;
    for (const layer_row& row : g.layers)
        if (row.parent < 0 && row.index < position) index = row.result;
    core::value_info v = g.values[index];
    if (v.padded_like >= 0) v.padding = g.values[v.padded_like].padding;
    return v;
}
/// The input of the layers from a position on: what the layers before it give.
template <class Net, int Position>
struct cut_input {
    static constexpr value build_input(graph& g) {
        const core::value_info given = value_before<Net>(Position);
        const bool is_tokens = given.extents.axes == role::tokens;
        const value x =
            g.add_value(given.extents, core::storage::input, is_tokens ? core::element::int32 : core::element::number);
        if (is_tokens) g.values[x.index].vocabulary = given.vocabulary;
        if (given.padding != -1) g.pad(x, is_tokens ? given.padding : core::unseen_padding);
        return x;
    }
    static constexpr void spell(text& t) {
        const core::value_info given = value_before<Net>(Position);
        const shape s = given.extents;
        if (s.axes == role::flat) t.add("features<", s.d0, ">");
        else if (s.axes == role::signal) t.add("time_series<", s.d0, ", ", s.d1, ">");
        else if (s.axes == role::sequence) t.add("vectors<", s.d0, ", ", s.d1, ">");
        else if (s.axes == role::tokens) {
            t.add("tokens<", s.d0, ", ", given.vocabulary);
            if (given.padding >= 0) t.add(", padding<", given.padding, ">");
            t.add(">");
        } else t.add("image<", s.d0, ", ", s.d1, ", ", s.d2, ">");
    }
};
template <class Net, int Position>
struct input_at : type_is<cut_input<Net, Position>> {};
template <class Net, int Position>
    requires(Position == first_position<Net>)
struct input_at<Net, Position> : type_is<typename Net::input> {};

/// The layers at the positions [First, Last) of Net, followed by Added.
template <class Net, int First, int Last, class Index, class... Added>
struct layers_of_part;
template <class Net, int First, int Last, std::size_t... Index, class... Added>
struct layers_of_part<Net, First, Last, std::index_sequence<Index...>, Added...>
    : placed_network<typename input_at<Net, First>::type, First,
                     (sizeof...(Added) == 0 ? position_count<Net> : Last + static_cast<int>(sizeof...(Added))),
                     typename Net::layers::template at<First - first_position<Net> + static_cast<int>(Index)>...,
                     Added...> {};
template <class Net, int First, int Last, class... Added>
struct network_part
    : layers_of_part<Net, First, Last, std::make_index_sequence<static_cast<std::size_t>(Last - First)>, Added...> {};

} // namespace strata::inline STRATA_ABI::detail
