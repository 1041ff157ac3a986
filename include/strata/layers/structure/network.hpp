#pragma once
/// network<Input, Layers...> — a list of layers, from the input to the output.
///     struct mlp : strata::network<strata::features<784>, strata::dense<128>, strata::relu, strata::dense<10>> {};
/// Derive a named struct from it: symbols and compiler errors then stay short.
#include <strata/base/type_list.hpp>
#include <strata/layers/run_layer.hpp>
#include <strata/layers/structure/network_ports.hpp>

namespace strata::inline STRATA_ABI {

template <class Input, class... Layers>
struct network {
    using input = Input;
    using layers = type_list<Layers...>;

    static constexpr void build(graph& g) {
        if constexpr (requires { Input::build_input(g); }) {
            const value x = detail::begin_network<Input>(g);
            detail::end_network(g, run_layers<Layers...>(g, x));
        } else {
            text t;
            spell_layer<Input>(t);
            g.mistaken(mistake_kind::network_has_no_input, {}, {},
                       "a network must begin with its input, but its first entry is ", t,
                       ". Put features<F>, image<C, H, W> or another input before it.");
        }
    }
    static constexpr void spell(text& t) {
        t.add("network<");
        spell_layers<Input, Layers...>(t);
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
