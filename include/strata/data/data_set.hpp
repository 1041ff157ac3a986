#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <strata/base/shape.hpp>
#include <strata/data/target.hpp>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// The randomness of a read: the run's seed and the epoch. Together with the sample's index they determine an
/// augmentation completely, whichever thread reads.
struct key {
    std::uint64_t seed = 0, epoch = 0;
};

/// A data set whose targets are classes.
template <class D>
concept labelled = std::same_as<typename D::target_type, class_index> && requires(const D& d) {
    { d.classes() } -> std::convertible_to<int>;
};

/// A data set whose targets are classes of each position.
template <class D>
concept labelled_positions = std::same_as<typename D::target_type, class_indices> && requires(const D& d) {
    { d.classes() } -> std::convertible_to<int>;
    { d.target_shape() } -> std::convertible_to<shape>;
};

/// A data set whose targets are dense.
template <class D>
concept dense_targets = std::same_as<typename D::target_type, values> && requires(const D& d) {
    { d.target_shape() } -> std::convertible_to<shape>;
};

/// A data set that can be read as numbers T, float or double.
template <class D, class T>
concept reads = requires(const D& d, std::size_t i, key k, std::span<T> x, target_for<typename D::target_type, T>& t) {
    d.read(i, k, x, t);
};

/// data_set — the concept of a data set: what a trainer needs of it.
///   size()            the number of samples
///   sample_shape()    of one sample, without the batch
///   classes()         where target_type is class_index;  target_shape() where it is values;  both where it is
///                     class_indices: a class at each position
///   read(i, k, x, t)  writes sample i, 0 ≤ i < size(), to x, a span of sample_shape().size() floats, and its target
///                     to t; const, and safe from many threads at once
/// A data set may also, or only, read into a span of doubles, with class_index& or double_values& as its target: a
/// model of fp64 then gets every digit. A data set of tokens reads into a span of std::int32_t. And it may have
///   weight(i)         the weight of sample i in the loss, from 0 to the largest float; 1 for all without it
///   label(i)          the class of sample i alone, where that is cheaper than a read
///   class_names(), origin()
template <class D>
concept data_set = (labelled<D> || labelled_positions<D> || dense_targets<D>)
                   && (reads<D, float> || reads<D, double> || reads<D, std::int32_t>) && requires(const D& d) {
                          { d.size() } -> std::convertible_to<std::size_t>;
                          { d.sample_shape() } -> std::convertible_to<shape>;
                      };

/// Reads sample i of any data set as numbers T, float or double. What the data set cannot give itself is
/// converted: floats are doubles as they are, doubles are rounded to floats.
template <class T, class D>
void read_as(const D& data, std::size_t i, key k, std::span<T> x, target_for<typename D::target_type, T>& t) {
    if constexpr (reads<D, T>) {
        data.read(i, k, x, t);
    } else if constexpr (std::same_as<T, std::int32_t> || (!reads<D, float> && !reads<D, double>)) {
        static_assert(std::same_as<T, void>,
                      "strata: the network takes tokens and the data set gives numbers, or the other way round. A data "
                      "set of tokens reads into a std::span<std::int32_t>.");
    } else {
        using other = std::conditional_t<std::same_as<T, float>, double, float>;
        std::vector<other> numbers(x.size());
        if constexpr (!std::same_as<typename D::target_type, values>) {
            data.read(i, k, std::span<other>(numbers), t);
        } else {
            std::vector<other> wanted(t.into.size());
            target_for<values, other> into{wanted};
            data.read(i, k, std::span<other>(numbers), into);
            for (std::size_t j = 0; j < wanted.size(); ++j) t.into[j] = static_cast<T>(wanted[j]);
        }
        for (std::size_t j = 0; j < numbers.size(); ++j) x[j] = static_cast<T>(numbers[j]);
    }
}

/// Does a data set hold doubles that floats would round? If it does not say, the types that it can read decide.
template <class D>
[[nodiscard]] bool holds_doubles(const D& data) {
    if constexpr (requires { static_cast<bool>(data.holds_doubles()); }) return data.holds_doubles();
    else return reads<D, double>;
}

/// Do the samples of a data set have different weights in the loss?
template <class D>
[[nodiscard]] bool has_weights(const D& data) {
    if constexpr (requires { static_cast<bool>(data.has_weights()); }) return data.has_weights();
    else return requires { static_cast<double>(data.weight(std::size_t{})); };
}

/// The number of augmentations in a data set: each draws from a stream of its own (see augmented). A view passes on the
/// number of its source.
template <class Data>
inline constexpr int augmentations_of = 0;
template <class Data>
    requires requires { Data::augmentations; }
inline constexpr int augmentations_of<Data> = Data::augmentations;

} // namespace strata::inline STRATA_ABI::data
