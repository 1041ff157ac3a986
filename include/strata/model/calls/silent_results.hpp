#pragma once
/// silent_results<N, T> — stands for the results of a broken network with N outputs.
#include <strata/base/fixed_string.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

template <int Outputs, class T>
struct silent_results {
    template <fixed_string Name>
    [[nodiscard]] std::vector<T> get() const {
        return {};
    }
    template <std::size_t Index>
    [[nodiscard]] std::vector<T> get() const {
        return {};
    }
};

/// How many outputs a network declares, sound or broken: the names in its last layer, outputs<...>.
template <class Net>
inline constexpr int declared_outputs = 1;
template <class Net>
    requires requires { Net::layers::template at<Net::layers::size - 1>::output_count; }
inline constexpr int declared_outputs<Net> = Net::layers::template at<Net::layers::size - 1>::output_count;

} // namespace strata::inline STRATA_ABI::detail

template <int Outputs, class T>
struct std::tuple_size<strata::detail::silent_results<Outputs, T>>
    : std::integral_constant<std::size_t, std::size_t(Outputs)> {};
template <std::size_t Index, int Outputs, class T>
struct std::tuple_element<Index, strata::detail::silent_results<Outputs, T>> {
    using type = std::vector<T>;
};
