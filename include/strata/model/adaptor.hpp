#pragma once
/// adaptor<X> — how a container of samples is passed to a model, and how its results are returned. This header serves
/// contiguous ranges (std::vector, std::array, std::span); <strata/xtensor.hpp> adds xtensor expressions.
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>

#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

/// The words of a shape, for run-time messages: "[1, 28, 28]".
[[gnu::cold, gnu::noinline]] inline std::string words_of(const shape& s) {
    std::string words = "[";
    for (int axis = 0; axis < s.rank; ++axis) words = sentence({words, axis == 0 ? "" : ", ", s[axis]});
    return sentence({words, "]"});
}

namespace detail {

template <class X>
struct element_of_range {
    using type = void;
};
template <class X>
    requires requires(const X& x) { *std::data(x); }
struct element_of_range<X> {
    using type = std::remove_cvref_t<decltype(*std::data(std::declval<const X&>()))>;
};

template <class X>
struct element_of_range<X*> {
    using type = std::remove_cv_t<X>;
};

/// What a range of something else than a model's numbers is told; a class, so that there is one error for each type.
template <class X, class T>
struct explained_numbers {
    using element = typename element_of_range<X>::type;
    static constexpr bool double_for_float = std::is_same_v<T, float> && std::is_same_v<element, double>;
    static constexpr bool float_for_double = std::is_same_v<T, double> && std::is_same_v<element, float>;
    static_assert(!double_for_float,
                  "strata: this model computes with float, but was given double. Pass float, such as "
                  "std::vector<float>, or use a double model: strata::model<net, strata::cpu, strata::fp64>.");
    static_assert(!float_for_double, "strata: this model computes with double, but was given float. Pass double, such "
                                     "as std::vector<double>, or use a float model: strata::model<net>.");
    static_assert(double_for_float || float_for_double,
                  "strata: a model takes a contiguous range of float, or of double with strata::fp64 (std::vector, "
                  "std::array, std::span), or an xtensor expression after #include <strata/xtensor.hpp>.");
};

/// What a range of something else than integers is told.
template <class X>
struct explained_numbers<X, std::int32_t> {
    static_assert(std::is_same_v<X, std::int32_t>, "strata: an input or output of integers takes a contiguous range of "
                                                   "std::int32_t, such as std::vector<std::int32_t>.");
};

/// Are these the numbers of a model, or a range of them?
template <class X, class T>
concept numbers_of = std::is_convertible_v<const X&, std::span<const T>>;

} // namespace detail

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
