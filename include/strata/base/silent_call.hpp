#pragma once
/// silent_call — the functions of something broken: the error is reported, everything else stays silent. A class that
/// stands for a broken one has each function as a member of this type:
///
///   static constexpr silent_call<double> step{};                   // takes anything, gives a double
///   static constexpr silent_call<history, fit_options> fit{};      // options may also be written in braces
///
/// The result is of the type it would have been, so that what is done with it is silent too.
#include <strata/base/abi.hpp>

#include <type_traits>

namespace strata::inline STRATA_ABI::detail {

/// A result of that type.
template <class Result>
constexpr Result silent_result() {
    if constexpr (std::is_void_v<Result> || std::is_default_constructible_v<Result>) return Result();
    else return Result({});
}

/// `Braced`: the types of arguments that may be in braces, which tell no type themselves; one, or none.
template <class Result = void, class... Braced>
struct silent_call {
    template <class... Any>
    constexpr Result operator()(Any&&...) const noexcept {
        return silent_result<Result>();
    }
};
template <class Result, class Braced>
struct silent_call<Result, Braced> : silent_call<Result> {
    using silent_call<Result>::operator();
    template <class First, class... Rest>
    constexpr Result operator()(const First&, const Braced&, const Rest&...) const noexcept {
        return silent_result<Result>();
    }
    template <class First, class Second, class... Rest>
    constexpr Result operator()(const First&, const Second&, const Braced&, const Rest&...) const noexcept {
        return silent_result<Result>();
    }
};

} // namespace strata::inline STRATA_ABI::detail
