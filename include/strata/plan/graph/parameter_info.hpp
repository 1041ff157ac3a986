#pragma once
/// parameter_info — a parameter, buffer or state of a graph: its extents, its initial value and its place in memory.
#include <strata/base/shape.hpp>
#include <strata/plan/graph/storage.hpp>
#include <strata/plan/weights/weight_format.hpp>

namespace strata::inline STRATA_ABI::core {

/// Numbers that a parameter starts with: zeros, ones, uniform in ±1/sqrt(fan in), or of the normal distribution of
/// mean 0 and variance 1.
enum class init : int { zero, one, kaiming, normal };

struct parameter_info {
    shape extents{};
    storage where = storage::parameter;
    init start = init::zero;
    int fan_in = 1;
    int groups = 1;
    int layer = -1; ///< row of the graph's `layers`
    bool trainable = true;
    weight_format format = weight_format::conventional;
    bool read_as_it_is = false; ///< by an operation that needs the conventional format
    int lanes = 1;
    long long elements = 0;
    long long offset = -1; ///< in numbers of the model within its block, which holds nothing else
    int used_as = -1;      ///< the value that stands for it
    int ordinal = 0;       ///< counts parameters and random layers: the key of its random numbers
};

} // namespace strata::inline STRATA_ABI::core

namespace strata::inline STRATA_ABI {
using core::init;
using core::parameter_info;
} // namespace strata::inline STRATA_ABI
