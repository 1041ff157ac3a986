#pragma once
#include <strata/base/abi.hpp>

#include <initializer_list>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

namespace pictures {

/// What `*begin(range)` is.
template <class Range>
using element_of = std::remove_cvref_t<decltype(*std::begin(std::declval<const Range&>()))>;

template <class Range>
concept range_of_numbers = std::is_arithmetic_v<element_of<Range>> && !std::is_same_v<element_of<Range>, char>;

} // namespace pictures

/// plot_numbers — the numbers of a picture: made of `{1, 2.5, 4}` or of any range of numbers, so that a
/// model's floats and a history's doubles are given as they are. A text is no range of numbers.
class plot_numbers : public std::vector<double> {
  public:
    plot_numbers() = default;
    plot_numbers(std::initializer_list<double> numbers) : std::vector<double>(numbers) {}

    template <pictures::range_of_numbers Range>
    plot_numbers(const Range& range) {
        for (auto at = std::begin(range); at != std::end(range); ++at) push_back(static_cast<double>(*at));
    }
};

} // namespace strata::inline STRATA_ABI
