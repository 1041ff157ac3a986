#pragma once
/// is_state — whether a type is the state of a stream (stream_state.hpp), or stands for that of a broken network.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::detail {

template <class State>
concept is_state = requires { State::hop; } || requires { State::is_silent; };

/// The positions of its steps.
template <class State>
inline constexpr int hop_of = [] {
    if constexpr (requires { State::hop; }) return State::hop;
    else return 1;
}();

} // namespace strata::inline STRATA_ABI::detail
