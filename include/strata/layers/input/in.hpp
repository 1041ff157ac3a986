#pragma once
/// in<"name", Input> — a named input of a network, and its shape: in<"left", features<4>>. Stands in inputs<...>, or
/// alone where a network has one input.
/// Rules    the name is not empty; Input is features, image, ...      (tests/compile_fail/ports/port_*.cpp)
#include <strata/base/fixed_string.hpp>
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI {

template <fixed_string Name, class Input>
struct in {
    using input = Input;
    static constexpr const char* port_name = Name.c_str();

    static constexpr value build_input(graph& g) {
        if (Name.size() == 0)
            return g.mistaken(mistake_kind::name_is_not_possible, {}, {},
                              "an input has an empty name. Give it one that use<...> and net(...) can name.");
        if constexpr (
            requires { Input::build_input(g); } && !requires { Input::port_name; }
            && !requires { Input::holds_ports; }) {
            const value x = Input::build_input(g);
            if (!g.failed() && !g.remember(Name.c_str(), x))
                return g.mistaken_in_name(mistake_kind::port_is_given_twice, Name.c_str(),
                                          "two inputs have the name \"", Name.c_str(), "\". Rename one of them.");
            g.add_input(Name.c_str(), x);
            return x;
        } else {
            text t;
            spell_layer<Input>(t);
            return g.mistaken(mistake_kind::network_has_no_input, {}, {}, "the input \"", Name.c_str(), "\" is ", t,
                              ", but must be a shape. Use features<F> or image<C, H, W>.");
        }
    }
    static constexpr void spell(text& t) {
        t.add("in<\"", Name.c_str(), "\", ");
        spell_layer<Input>(t);
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
