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

/// The shape of what the layer at a position is given.
template <class Net>
constexpr shape shape_before(int position) {
    const graph g = build<Net>(request{});
    shape s = g.extents(g.input);
    for (const layer_row& row : g.layers)
        if (row.parent < 0 && row.index < position) s = row.output;
    return s;
}
/// The input of the layers from a position on: what the layers before it give.
template <class Net, int Position>
struct cut_input {
    static constexpr value build_input(graph& g) {
        const shape s = shape_before<Net>(Position);
        return g.add_value(s, core::storage::input,
                           s.axes == role::tokens ? core::element::int32 : core::element::number);
    }
    static constexpr void spell(text& t) {
        const shape s = shape_before<Net>(Position);
        if (s.axes == role::flat) t.add("features<", s.d0, ">");
        else if (s.axes == role::signal) t.add("time_series<", s.d0, ", ", s.d1, ">");
        else if (s.axes == role::sequence) t.add("vectors<", s.d0, ", ", s.d1, ">");
        else if (s.axes == role::tokens) t.add("tokens<", s.d0, ">");
        else t.add("image<", s.d0, ", ", s.d1, ", ", s.d2, ">");
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
