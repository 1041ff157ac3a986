#pragma once
/// wrt<What...> — the variables of `gradients`:
///
///   wrt<parameters>                 all parameters of the network
///   wrt<parameters_of<"head", 3>>   those of some layers or blocks, by name or position
///   wrt<input>                      the samples
///
/// For names and positions see `<strata/plan/layer_id.hpp>`.
#include <strata/plan/chosen_layers.hpp>

namespace strata::inline STRATA_ABI {

template <class... What>
struct wrt {};

struct input {};

struct parameters {
    template <class Net>
    using diagnosis = detail::nothing_wrong;
    template <class Net>
    static constexpr core::layer_set layers = core::layer_set::all();
};

template <layer_id... Layers>
struct parameters_of {
    template <class Net>
    using diagnosis = detail::diagnosis_of_layers<Net, Layers...>;
    template <class Net>
    static constexpr core::layer_set layers = detail::chosen_layers<Net, Layers...>;
};

namespace detail {

struct no_parameters {
    template <class Net>
    using diagnosis = nothing_wrong;
    template <class Net>
    static constexpr core::layer_set layers{};
};
template <class... What>
struct parameters_among : type_is<no_parameters> {};
template <class First, class... Rest>
struct parameters_among<First, Rest...> : type_is<First> {
    static_assert((std::is_same_v<Rest, input> && ...),
                  "strata: parameters are named twice in wrt. Name all layers in one "
                  "parameters_of<...>.");
};
template <class... Rest>
struct parameters_among<input, Rest...> : parameters_among<Rest...> {};

/// What several wrt<...> ask for together.
template <class Asked, class... Wrt>
struct wanted_gradients;
template <class... Asked, class... What, class... Wrt>
struct wanted_gradients<type_list<Asked...>, wrt<What...>, Wrt...>
    : wanted_gradients<type_list<Asked..., What...>, Wrt...> {};
template <class... Asked>
struct wanted_gradients<type_list<Asked...>> {
    static_assert(sizeof...(Asked) > 0, "strata: gradients must be taken with respect to something: "
                                        "gradients<wrt<parameters>>, gradients<wrt<input>>, or both.");
    static constexpr bool to_input = (std::is_same_v<Asked, input> || ...);
    static constexpr bool to_parameters = sizeof...(Asked) > (to_input ? 1 : 0);
    using choice = typename parameters_among<Asked...>::type;
};

} // namespace detail

} // namespace strata::inline STRATA_ABI
