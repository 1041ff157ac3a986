#pragma once
/// read_sample — a sample of a data set and its target, as a trainer's numbers. A class number stays one where the loss
/// reads class numbers, and is negative where the loss ignores it. For other losses a class is one-hot, or 0 and 1 for
/// a single output.
/// Errors   shape_error for a class that the network does not have; exceptions of the data set's read
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/data_set.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_class(int given, int classes, std::size_t sample) {
    raise<shape_error>(sentence({"strata: sample ", sample, " of the data has class ", given,
                                 ", but the network's classes are 0 to ", classes - 1, "."}));
}

/// What class numbers may be: those of the network, and one that is ignored.
struct class_numbers {
    int classes = 0;
    int ignored = std::numeric_limits<int>::min(); ///< none is
    int as_number = -1;                            ///< what stands for it where the loss takes numbers

    /// Of a loss, and a network's output of so many channels: one is for two classes.
    template <class Loss>
    static class_numbers of(const Loss& loss, int channels) {
        class_numbers known{channels == 1 ? 2 : channels};
        if constexpr (requires { loss.ignore_index; }) known.ignored = loss.ignore_index;
        if constexpr (requires { Loss::ignored_target; }) known.as_number = Loss::ignored_target;
        return known;
    }
    /// The same of several, in their places: of the first `length`; those behind are ignored.
    void check(std::span<std::int32_t> all, std::size_t length, std::size_t sample) const {
        for (std::int32_t& c : all.first(length)) c = checked(c, sample);
        for (std::int32_t& c : all.subspan(length)) c = -1;
    }
    /// A data set's class, or −1 where it is ignored.
    [[nodiscard]] std::int32_t checked(int given, std::size_t sample) const {
        if (given == ignored) return -1;
        if (given < 0 || given >= classes) refuse_class(given, classes, sample);
        return given;
    }
    /// A caller's class, who may mark what is ignored by any negative number as well.
    [[nodiscard]] std::int32_t taken(int given, std::size_t sample) const {
        return given < 0 ? -1 : checked(given, sample);
    }
};

/// Of so many positions all are a sample's; of padded samples those up to its end.
struct all_positions {
    constexpr std::size_t operator()(std::size_t n) const noexcept { return n; }
};

/// Reads into x; the class or classes into `to`, −1 behind the sample's end.
template <class T, class Data, class Length = all_positions>
void read_classes(const Data& data, std::size_t from, const data::key& random, const class_numbers& known,
                  std::span<T> x, std::span<std::int32_t> to, const Length& length = {}) {
    if constexpr (std::same_as<typename Data::target_type, data::class_index>) {
        data::class_index c;
        data::read_as<T>(data, from, random, x, c);
        to[0] = known.checked(c.value, from);
    } else {
        data::class_indices all{to};
        data::read_as<T>(data, from, random, x, all);
        known.check(to, length(to.size()), from);
    }
}

/// The class of each position as numbers, [K] at each: one-hot, or no and yes of a single output.
template <class T>
void numbers_of_classes(std::span<const std::int32_t> classes, const class_numbers& known, const shape& output,
                        std::span<T> t) {
    const auto positions = static_cast<std::size_t>(output.positions()),
               channels = static_cast<std::size_t>(output.channels());
    for (T& element : t) element = T(0);
    const bool together = output.axes == role::sequence;
    for (std::size_t p = 0; p < classes.size(); ++p)
        for (std::size_t k = 0; k < channels; ++k) {
            const std::int32_t c = classes[p];
            t[together ? p * channels + k : k * positions + p] =
                static_cast<T>(c < 0                               ? known.as_number
                               : channels == 1                     ? c
                               : c == static_cast<std::int32_t>(k) ? 1
                                                                   : 0);
        }
}

/// Reads into x, numbers or integers, and t, [K] at each position of `output`.
template <class T, class X, class Data, class Length = all_positions>
void read_sample(const Data& data, std::size_t from, const data::key& random, const class_numbers& known,
                 const shape& output, std::span<X> x, std::span<T> t, const Length& length = {}) {
    if constexpr (std::same_as<typename Data::target_type, data::values> && !std::same_as<X, T>) {
        std::vector<float> numbers(t.size());
        data::values target{numbers};
        data::read_as<X>(data, from, random, x, target);
        for (std::size_t i = 0; i < t.size(); ++i) t[i] = static_cast<T>(numbers[i]);
    } else if constexpr (std::same_as<typename Data::target_type, data::values>) {
        data::target_for<data::values, T> target{t};
        data::read_as<T>(data, from, random, x, target);
    } else {
        constexpr bool one = std::same_as<typename Data::target_type, data::class_index>;
        std::int32_t single = 0;
        std::vector<std::int32_t> several(one ? 0 : static_cast<std::size_t>(output.positions()));
        const std::span<std::int32_t> classes = one ? std::span<std::int32_t>(&single, 1) : several;
        read_classes<X>(data, from, random, known, x, classes, length);
        numbers_of_classes<T>(classes, known, output, t);
    }
}

} // namespace strata::inline STRATA_ABI::detail
