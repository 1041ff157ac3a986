#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <strata/base/shape.hpp>
#include <strata/data/target.hpp>

namespace strata::inline STRATA_ABI::data {

/// What randomness a read may use: the run's seed and the epoch. With the sample's index it determines an
/// augmentation completely, whichever thread reads.
struct key {
    std::uint64_t seed = 0, epoch = 0;
};

/// A data set whose targets are classes.
template <class D>
concept labelled = std::same_as<typename D::target_type, class_index> && requires(const D& d) {
    { d.classes() } -> std::convertible_to<int>;
};

/// A data set whose targets are dense.
template <class D>
concept dense_targets = std::same_as<typename D::target_type, values> && requires(const D& d) {
    { d.target_shape() } -> std::convertible_to<shape>;
};

/// data_set — what a trainer needs to know of data.
///   size()            the number of samples
///   sample_shape()    of one sample, without the batch
///   classes()         where target_type is class_index;  target_shape() where it is values
///   read(i, k, x, t)  writes sample i, 0 ≤ i < size(), to x, of sample_shape().size() floats, and its target
///                     to t; const, and safe from many threads at once
template <class D>
concept data_set = (labelled<D> || dense_targets<D>)
                   && requires(const D& d, std::size_t i, key k, std::span<float> x, typename D::target_type& t) {
                          { d.size() } -> std::convertible_to<std::size_t>;
                          { d.sample_shape() } -> std::convertible_to<shape>;
                          d.read(i, k, x, t);
                      };

/// How many augmentations a data set has in it: each draws from a stream of its own (see augmented). A view
/// passes on what lies under it.
template <class Data>
inline constexpr int augmentations_of = 0;
template <class Data>
    requires requires { Data::augmentations; }
inline constexpr int augmentations_of<Data> = Data::augmentations;

} // namespace strata::inline STRATA_ABI::data
