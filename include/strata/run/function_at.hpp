#pragma once
/// function_at<Net, I> — the type of the I-th elementwise function a network's plan names, found through the network's
/// layers: keys hold numbers, and this is where a number becomes a type again.
#include <strata/base/type_list.hpp>
#include <strata/plan/graph.hpp>

namespace strata::inline v0_1 {

/// The function of an operation without one.
struct no_function {};

namespace detail {

/// Finds the function with the given identity in a layer, or gives no_function.
template <class Layer, const function_info* Id>
struct function_in;

template <class... Layers>
constexpr bool list_holds(type_list<Layers...>, const function_info* id);

template <class Layer>
constexpr bool holds(const function_info* id) {
    if constexpr (requires { typename Layer::function; }) return same_function(id, &function_id<typename Layer::function>);
    else if constexpr (requires { typename Layer::layers; }) return list_holds(typename Layer::layers{}, id);
    else return false;
}
template <class... Layers>
constexpr bool list_holds(type_list<Layers...>, const function_info* id) {
    bool any = false;
    int in_order[] = {(any = any || holds<Layers>(id), 0)..., 0};
    (void)in_order;
    return any;
}
/// The index of the first layer that holds the function, or −1.
template <class... Layers>
constexpr int index_of_holder(type_list<Layers...>, const function_info* id) {
    int found = -1, i = 0;
    int in_order[] = {(found = found < 0 && holds<Layers>(id) ? i : found, ++i, 0)..., 0};
    (void)in_order;
    return found;
}
template <class Layer, const function_info* Id>
struct function_in {
    using type = typename function_in<
        typename Layer::layers::template at<index_of_holder(typename Layer::layers{}, Id)>, Id>::type;
};
template <class Layer, const function_info* Id>
    requires requires { typename Layer::function; }
struct function_in<Layer, Id> {
    using type = typename Layer::function;
};

template <class Plan, int I>
struct function_lookup {
    using type = typename function_in<typename Plan::network, Plan::data.functions[I]>::type;
};
template <class Plan>
struct function_lookup<Plan, -1> {
    using type = no_function;
};

} // namespace detail

template <class Plan, int I>
using function_at = typename detail::function_lookup<Plan, I>::type;

} // namespace strata::inline v0_1
