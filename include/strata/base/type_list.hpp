#pragma once
/// type_list<Ts...> and type_at<Index, Ts...>: the Index-th type of a pack in constant depth.
#include <strata/base/abi.hpp>

#include <cstddef>
#include <utility>

namespace strata::inline STRATA_ABI {

template <class T>
struct type_is {
    using type = T;
};

namespace detail {
template <std::size_t Index, class T>
struct indexed_type : type_is<T> {};
template <class Indices, class... Ts>
struct indexed_types;
template <std::size_t... Index, class... Ts>
struct indexed_types<std::index_sequence<Index...>, Ts...> : indexed_type<Index, Ts>... {};
template <std::size_t Index, class T>
type_is<T> select_indexed(const indexed_type<Index, T>*);
} // namespace detail

template <class... Ts>
struct type_list {
    static constexpr int size = static_cast<int>(sizeof...(Ts));
    template <int Index>
    using at = typename decltype(detail::select_indexed<static_cast<std::size_t>(Index)>(
        static_cast<detail::indexed_types<std::index_sequence_for<Ts...>, Ts...>*>(nullptr)))::type;
};

} // namespace strata::inline STRATA_ABI
