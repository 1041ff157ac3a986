#pragma once
#include <initializer_list>
#include <iterator>
#include <type_traits>
#include <vector>

namespace strata::inline v0_1 {

/// plot_numbers — the numbers of a picture: made of `{1, 2.5, 4}` or of any range of numbers, so that a model's floats and a
/// history's doubles are given as they are.
class plot_numbers : public std::vector<double> {
  public:
    plot_numbers() = default;
    plot_numbers(std::initializer_list<double> numbers) : std::vector<double>(numbers) {}
    template <class Range>
        requires(!std::is_same_v<std::remove_cvref_t<Range>, plot_numbers>
                 && requires(const Range& r) { std::is_arithmetic_v<std::remove_cvref_t<decltype(*std::begin(r))>>; }
                 && std::is_arithmetic_v<std::remove_cvref_t<decltype(*std::begin(std::declval<const Range&>()))>>)
    plot_numbers(const Range& range) {
        for (auto at = std::begin(range); at != std::end(range); ++at) push_back(static_cast<double>(*at));
    }
};

} // namespace strata::inline v0_1
