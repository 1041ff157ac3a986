#pragma once
/// ignored_targets — which numbers of a batch's targets a loss ignores (see losses/loss.hpp), and what is behind a
/// padded sample's end, which it ignores as well.
#include <strata/base/shape.hpp>

#include <cstddef>

namespace strata::inline STRATA_ABI::detail {

/// Does a target of numbers have some that the loss ignores?
template <class Loss>
inline constexpr bool ignores_numbers = requires { Loss::ignored_target; };

/// The user's number for what is ignored, and the loss's function's.
struct ignored_targets {
    bool any = false;
    double index = 0, function = 0;

    template <class Loss>
    static ignored_targets of(const Loss& loss) {
        if constexpr (ignores_numbers<Loss>)
            return {true, static_cast<double>(loss.ignore_index), static_cast<double>(Loss::ignored_target)};
        else return {};
    }
    template <class T>
    [[nodiscard]] bool operator()(T target) const noexcept {
        return target == static_cast<T>(index) || target == static_cast<T>(function);
    }
    /// How many of n do count.
    template <class T>
    [[nodiscard]] long long counted(const T* targets, long long n) const noexcept {
        long long count = 0;
        for (long long i = 0; i < n; ++i) count += (*this)(targets[i]) ? 0 : 1;
        return count;
    }
};

/// Marks the targets of one sample from position `length` on, the numbers or the class of each.
template <class T>
void ignore_from(std::size_t length, const shape& output, bool of_classes, T mark, T* targets) {
    const auto positions = static_cast<std::size_t>(output.positions()),
               each = of_classes ? std::size_t{1} : static_cast<std::size_t>(output.channels());
    const bool together = of_classes || output.axes == role::sequence; // else channels stand apart
    for (std::size_t p = length; p < positions; ++p)
        for (std::size_t k = 0; k < each; ++k) targets[together ? p * each + k : k * positions + p] = mark;
}

} // namespace strata::inline STRATA_ABI::detail
