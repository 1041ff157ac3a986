#pragma once
#include <strata/base/abi.hpp>

#include <concepts>
#include <cstdint>
#include <span>
#include <type_traits>

namespace strata::inline STRATA_ABI::data {

/// A target that is one of a number of classes: 0 ≤ value < classes().
struct class_index {
    int value = 0;
};

/// Class numbers, one for each position of a sample: the pixels of an image, or the places of a sequence. The caller
/// supplies the memory, target_shape().size() integers, and `read` fills it.
struct class_indices {
    std::span<std::int32_t> into;
};

/// A dense target: the caller supplies the memory, target_shape().size() floats, and `read` fills it.
struct values {
    std::span<float> into;
};

/// The same in doubles, for a model of fp64. A data set's target_type is `values` all the same.
struct double_values {
    std::span<double> into;
};

/// What a read of numbers T fills for a data set of this target_type.
template <class Target, class T>
using target_for = std::conditional_t<std::same_as<Target, values> && std::same_as<T, double>, double_values, Target>;

} // namespace strata::inline STRATA_ABI::data
