#pragma once
#include <strata/base/abi.hpp>

#include <span>

namespace strata::inline STRATA_ABI::data {

/// A target that is one of a number of classes: 0 ≤ value < classes().
struct class_index {
    int value = 0;
};

/// A dense target: the caller supplies the memory, target_shape().size() floats, and `read` fills it.
struct values {
    std::span<float> into;
};

} // namespace strata::inline STRATA_ABI::data
