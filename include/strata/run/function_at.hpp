#pragma once
/// function_at<Plan, I> — the type of the I-th elementwise function a plan names, found through its loss or the
/// network's layers: keys hold numbers, and this is where a number becomes a type again. A layer or loss names its
/// functions by its member types: `function`, or `layers` that do.
#include <strata/base/type_list.hpp>
#include <strata/plan/graph.hpp>

#include <type_traits>

namespace strata::inline STRATA_ABI::core {

/// The function of an operation without one.
struct no_function {};

namespace parts {

/// Replaces a function that no layer names, behind the one error that says so.
struct unnamed_function {
    template <class V>
    STRATA_HD static V f(V x) {
        return x;
    }
    template <class V>
    STRATA_HD static V df(V x) {
        return x;
    }
    template <class V>
    STRATA_HD static V f(V x, V) {
        return x;
    }
    template <class V>
    STRATA_HD static V df(V x, V) {
        return x;
    }
};

/// Does the layer name the function with the given identity, itself or through one of its layers?
template <class Layer>
constexpr bool holds(const function_info* id);

/// The index of the first layer that holds the function, or −1.
template <class... Layers>
constexpr int index_of_holder(type_list<Layers...>, const function_info* id) {
    int found = -1, i = 0;
    int in_order[] = {(found = found < 0 && holds<Layers>(id) ? i : found, ++i, 0)..., 0};
    (void)in_order;
    return found;
}
template <class Layer>
constexpr bool names_itself(const function_info* id) {
    if constexpr (requires { typename Layer::function; })
        return same_function(id, &function_id<typename Layer::function>);
    else return false;
}
template <class Layer>
constexpr bool holds(const function_info* id) {
    if (names_itself<Layer>(id)) return true;
    if constexpr (requires { typename Layer::layers; }) return index_of_holder(typename Layer::layers{}, id) >= 0;
    else return false;
}

/// The function with the given identity, in a layer that holds it.
template <class Layer, const function_info* Id>
constexpr auto function_in() {
    if constexpr (names_itself<Layer>(Id)) {
        return type_is<typename Layer::function>{};
    } else {
        using layers = typename Layer::layers;
        return function_in<typename layers::template at<index_of_holder(layers{}, Id)>, Id>();
    }
}

/// Its body is instantiated once: one error for a function, in however many plans of the network it stands.
template <class Net, const function_info* Id>
constexpr auto function_of_network() {
    constexpr bool is_named = holds<Net>(Id);
    if constexpr (is_named) {
        return function_in<Net, Id>();
    } else {
        static_assert(is_named,
                      "strata: a layer that adds an elementwise function in its own build must name it: using function "
                      "= F; (several: using layers = strata::type_list<strata::elementwise<F>, "
                      "strata::elementwise<G>>; likewise the layers that it runs: type_list<Layers...>)");
        return type_is<unnamed_function>{};
    }
}

template <class Plan, int Index>
struct function_lookup {
    static constexpr const function_info* id = Plan::data.functions[Index];
    using holder = std::conditional_t<holds<typename Plan::loss>(id), typename Plan::loss, typename Plan::network>;
    using type = typename decltype(function_of_network<holder, id>())::type;
};
template <class Plan>
struct function_lookup<Plan, -1> : type_is<no_function> {};

} // namespace parts

template <class Plan, int Index>
using function_at = typename parts::function_lookup<Plan, Index>::type;

} // namespace strata::inline STRATA_ABI::core
