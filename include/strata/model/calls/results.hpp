#pragma once
/// results<Net, Values...> — what net(...) gives where a network has several outputs:
///
///   auto r = net(x);
///   r.get<"x">();              // by name
///   r.get<0>();                // by place in outputs<...>
///   auto [x, y] = net(x);      // all of them, in that order
///
/// A name that is no output is a compile error that lists those that are.
#include <strata/base/fixed_string.hpp>
#include <strata/model/calls/port_match.hpp>

#include <cstddef>
#include <tuple>
#include <utility>

namespace strata::inline STRATA_ABI {

template <class Net, class... Values>
class results {
  public:
    explicit results(std::tuple<Values...>&& values) : values_(std::move(values)) {}

    template <fixed_string Name>
    [[nodiscard]] auto& get() & {
        [[maybe_unused]] const detail::checked_output<Net, Name> said_once{};
        return std::get<place<Name>>(values_);
    }
    template <fixed_string Name>
    [[nodiscard]] const auto& get() const& {
        [[maybe_unused]] const detail::checked_output<Net, Name> said_once{};
        return std::get<place<Name>>(values_);
    }
    template <fixed_string Name>
    [[nodiscard]] auto get() && { // by value: these results are gone when the statement ends
        [[maybe_unused]] const detail::checked_output<Net, Name> said_once{};
        return std::get<place<Name>>(std::move(values_));
    }
    template <std::size_t Index>
    [[nodiscard]] auto& get() & {
        return std::get<Index>(values_);
    }
    template <std::size_t Index>
    [[nodiscard]] const auto& get() const& {
        return std::get<Index>(values_);
    }
    template <std::size_t Index>
    [[nodiscard]] auto get() && {
        return std::get<Index>(std::move(values_));
    }

  private:
    template <fixed_string Name>
    static constexpr std::size_t place =
        detail::place_of_output<Net, Name> < 0 ? 0 : static_cast<std::size_t>(detail::place_of_output<Net, Name>);
    std::tuple<Values...> values_;
};

} // namespace strata::inline STRATA_ABI

template <class Net, class... Values>
struct std::tuple_size<strata::results<Net, Values...>> : std::integral_constant<std::size_t, sizeof...(Values)> {};
template <std::size_t Index, class Net, class... Values>
struct std::tuple_element<Index, strata::results<Net, Values...>> : std::tuple_element<Index, std::tuple<Values...>> {};
