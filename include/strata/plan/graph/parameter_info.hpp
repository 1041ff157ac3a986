#pragma once
/// parameter_info — a parameter, buffer or state of a graph: its extents, its initial value and its place in memory.
#include <strata/base/shape.hpp>
#include <strata/base/words/exact_number.hpp>
#include <strata/plan/graph/storage.hpp>
#include <strata/plan/weights/weight_format.hpp>

namespace strata::inline STRATA_ABI::core {

/// Numbers that a parameter starts with: zeros, ones, uniform in ±1/sqrt(fan in), or of the normal distribution of
/// mean 0 and variance 1. The others need a number, see initial_values.
enum class init : int { zero, one, kaiming, normal, constant, uniform, gaussian, truncated, orthogonal, dirac };

/// What the number of an initial distribution is divided by the root of: nothing, the numbers that an output sums (fan
/// in: of a weight [F, C, KH, KW] C · KH · KW), the outputs that a number goes to (F · KH · KW), or both together.
enum class fan : int { none, in, out, both };

/// A distribution with its number s, which stands for s / sqrt(fan):
///   constant s;  uniform in ±s;  gaussian and truncated (within ±2s), normal of deviation s;  orthogonal rows, or
///   columns where there are fewer, of length s;  dirac: y = x, in s groups
struct initial_values {
    init how = init::zero;
    double number = 0;
    fan over = fan::none;
};

struct parameter_info {
    shape extents{};
    storage where = storage::parameter;
    init start = init::zero;
    int fan_in = 1;
    exact_number spread{}; ///< the number of initial_values
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
using core::initial_values;
using core::parameter_info;
} // namespace strata::inline STRATA_ABI
