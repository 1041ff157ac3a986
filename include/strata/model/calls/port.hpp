#pragma once
/// port<"name">(x) — an argument of a model's call for the input, or the result, of that name:
///
///   auto r = net(strata::port<"left">(x), strata::port<"right">(y));     // in any order
///   net.run(std::tuple{strata::port<"left">(x), strata::port<"right">(y)}, std::tie(scores), space);
///
/// It refers to x, or holds it where x is a temporary.
#include <strata/base/fixed_string.hpp>

#include <utility>

namespace strata::inline STRATA_ABI {

namespace detail {
template <fixed_string Name, class X>
struct port_argument {
    X value; ///< a reference, unless of a temporary
};
} // namespace detail

template <fixed_string Name, class X>
[[nodiscard]] constexpr detail::port_argument<Name, X> port(X&& x) {
    return {std::forward<X>(x)};
}

} // namespace strata::inline STRATA_ABI
