#pragma once
/// hana — networks as Boost.Hana values: cut, join and search a network's layers with ordinary code.
///     constexpr auto body = hana::drop_back(strata::layers_of<lenet5>, hana::size_c<1>);
///     using twenty_classes = strata::network_of<strata::image<1, 28, 28>,
///                                               decltype(hana::append(body, hana::type_c<strata::dense<20>>))>;
/// layers_of<Net> is a hana::tuple of hana::type; network_of<Input, Tuple> is the network of such a tuple. Hana is used
/// only here: the passes that the compiler repeats per operation do without it.
#include <strata/layers/structure/network.hpp>

#include <strata/base/set_macros_aside.hpp>

#include <boost/hana/append.hpp>
#include <boost/hana/drop_back.hpp>
#include <boost/hana/flatten.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/size.hpp>
#include <boost/hana/transform.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/type.hpp>
#include <boost/hana/unpack.hpp>

#include <strata/base/restore_macros.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {
template <class... Layers>
constexpr auto hana_layers(type_list<Layers...>) {
    return boost::hana::make_tuple(boost::hana::type_c<Layers>...);
}
template <class Input, class Tuple>
struct network_of_tuple;
template <class Input, class... Types>
struct network_of_tuple<Input, boost::hana::tuple<Types...>> : type_is<network<Input, typename Types::type...>> {};
} // namespace detail

/// The outermost layers of a network (or of a sequence), as a hana::tuple of hana::type.
template <class Net>
inline constexpr auto layers_of = detail::hana_layers(typename Net::layers{});

/// The network of an input and a hana::tuple of hana::type.
template <class Input, class Tuple>
using network_of = typename detail::network_of_tuple<Input, std::remove_cv_t<std::remove_reference_t<Tuple>>>::type;

} // namespace strata::inline STRATA_ABI
