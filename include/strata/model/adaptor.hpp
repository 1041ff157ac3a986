#pragma once
/// adaptor<X> — how a container of samples is handed to a model and how its results come back. Here for contiguous
/// ranges (std::vector, std::array, std::span); <strata/xtensor.hpp> adds xtensor expressions.
#include <strata/base/sentence.hpp>
#include <strata/base/shape.hpp>

#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI {

/// The words of a shape, for run-time messages: "[1, 28, 28]".
[[gnu::cold, gnu::noinline]] inline std::string words_of(const shape& s) {
    std::string words = "[";
    for (int axis = 0; axis < s.rank; ++axis) words = sentence({words, axis == 0 ? "" : ", ", s[axis]});
    return sentence({words, "]"});
}

template <class X, class T>
struct adaptor {
    static constexpr bool exists = requires(const X& x) { std::span<const T>(x); };

    /// Samples one after the other, and how they are described in an error.
    struct samples {
        std::span<const T> all;
        bool fits;
        std::string words;
        [[nodiscard]] std::span<const T> elements() const { return all; }
    };
    static samples read(const X& x, const shape& sample) {
        const std::span<const T> elements(x);
        const auto size = static_cast<std::size_t>(sample.size());
        return {elements, !elements.empty() && elements.size() % size == 0, sentence({elements.size(), " elements"})};
    }
    static std::vector<T> make(const samples&, int batch, const shape&, const shape& result) {
        return std::vector<T>(static_cast<std::size_t>(batch * result.size()));
    }
    static T* data(std::vector<T>& y) { return y.data(); }
};

} // namespace strata::inline STRATA_ABI
