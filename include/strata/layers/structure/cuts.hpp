#pragma once
/// from<"head">, until<"head">, after<"stem">, through<"stem"> — places where a network is cut, by a layer's name or
/// its position:
///
///   layers_between<Net, from<"stem">, until<"head">>       with the stem, without the head; also <Net, "stem", "head">
///   layers_between<Net, after<"stem">, through<"body">>    without the stem and with the body
///   replaced<Net, from<"head">, dense<5>>                  a new head
///
/// `from` and `until` are the place before that layer, `after` and `through` the place behind it: two words each, for
/// the beginning and the end of a part.
#include <strata/layers/structure/layer_cut.hpp>

namespace strata::inline STRATA_ABI {

template <layer_id Layer>
inline constexpr layer_cut from{Layer, false};
template <layer_id Layer>
inline constexpr layer_cut until{Layer, false};
template <layer_id Layer>
inline constexpr layer_cut after{Layer, true};
template <layer_id Layer>
inline constexpr layer_cut through{Layer, true};

} // namespace strata::inline STRATA_ABI
