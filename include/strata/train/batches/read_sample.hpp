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

    /// Of a loss, and a network's output of so many channels: one is for two classes.
    template <class Loss>
    static class_numbers of(const Loss& loss, int channels) {
        class_numbers known{channels == 1 ? 2 : channels};
        if constexpr (requires { loss.ignore_index; }) known.ignored = loss.ignore_index;
        return known;
    }
    /// The same of several, in their places.
    void check(std::span<std::int32_t> all, std::size_t sample) const {
        for (std::int32_t& c : all) c = checked(c, sample);
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

/// Behind a sample's last token there is nothing to learn.
inline void ignore_padding(const std::int32_t* tokens, std::int32_t* classes, std::size_t n, std::int32_t padding) {
    while (n > 0 && tokens[n - 1] == padding) classes[--n] = -1;
}

/// Reads into x; the class or classes into `to`.
template <class T, class Data>
void read_classes(const Data& data, std::size_t from, const data::key& random, const class_numbers& known,
                  std::span<T> x, std::span<std::int32_t> to) {
    if constexpr (std::same_as<typename Data::target_type, data::class_index>) {
        data::class_index c;
        data::read_as<T>(data, from, random, x, c);
        to[0] = known.checked(c.value, from);
    } else {
        data::class_indices all{to};
        data::read_as<T>(data, from, random, x, all);
        known.check(to, from);
    }
}

/// Reads into x, numbers or integers, and t, [K] at each position of `output`.
template <class T, class X, class Data>
void read_sample(const Data& data, std::size_t from, const data::key& random, const class_numbers& known,
                 const shape& output, std::span<X> x, std::span<T> t) {
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
        const auto positions = static_cast<std::size_t>(output.positions()),
                   channels = static_cast<std::size_t>(output.channels());
        std::int32_t single = 0;
        std::vector<std::int32_t> several(one ? 0 : positions);
        const std::span<std::int32_t> classes = one ? std::span<std::int32_t>(&single, 1) : several;
        read_classes<X>(data, from, random, known, x, classes);
        for (T& element : t) element = T(0);
        const bool last = output.axes == role::sequence;
        for (std::size_t p = 0; p < classes.size(); ++p) {
            const auto c = static_cast<std::size_t>(classes[p]);
            if (channels == 1) t[p] = static_cast<T>(classes[p]); // no or yes
            else t[last ? p * channels + c : c * positions + p] = T(1);
        }
    }
}

} // namespace strata::inline STRATA_ABI::detail
