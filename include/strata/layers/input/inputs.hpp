#pragma once
/// inputs<in<"a", ...>, in<"b", ...>, ...> — the inputs of a network that has several:
///
///   struct net : strata::network<strata::inputs<strata::in<"picture", strata::image<3, 32, 32>>,
///                                               strata::in<"place", strata::features<2>>>,
///                                strata::conv<8, 3>, strata::relu, strata::flatten, strata::tag<"seen">,
///                                strata::use<"place">, strata::dense<16>, strata::concat<"seen">,
///                                strata::dense<10>> {};
///   auto scores = net(strata::port<"picture">(pictures), strata::port<"place">(places));
///
/// The layers begin with the first of them; use<"b">, add<"b"> and concat<"b"> read the others by name.
/// Rules    names differ; every input is read      (tests/compile_fail/ports/port_*.cpp)
#include <strata/layers/input/in.hpp>

namespace strata::inline STRATA_ABI {

template <class... Ports>
struct inputs {
    static constexpr bool holds_ports = true;

    static constexpr value build_input(graph& g) {
        if (sizeof...(Ports) == 0)
            return g.mistaken(
                mistake_kind::network_has_no_input, {}, {},
                "inputs<> holds no input. Use in<\"name\", features<F>> or in<\"name\", image<C, H, W>>.");
        int in_order[] = {(one<Ports>(g), 0)..., 0};
        (void)in_order;
        return g.input;
    }
    static constexpr void spell(text& t) {
        t.add("inputs<");
        spell_layers<Ports...>(t);
        t.add(">");
    }

  private:
    template <class Port>
    static constexpr void one(graph& g) {
        if (g.failed()) return;
        if constexpr (requires { Port::port_name; }) {
            Port::build_input(g);
        } else {
            text t;
            spell_layer<Port>(t);
            g.mistaken(mistake_kind::network_has_no_input, {}, {}, "inputs<...> holds ", t,
                       ", but inputs have names. Write in<\"name\", features<F>> or in<\"name\", image<C, H, W>>.");
        }
    }
};

} // namespace strata::inline STRATA_ABI
