#pragma once
/// value — a handle to a value of a graph, as layers pass it on; value_info — what the graph knows of that value.
#include <strata/base/shape.hpp>
#include <strata/plan/graph/element.hpp>
#include <strata/plan/graph/storage.hpp>

namespace strata::inline STRATA_ABI::core {

/// A handle to a value of the graph.
struct value {
    int index = -1;
    [[nodiscard]] constexpr bool exists() const { return index >= 0; }
    friend constexpr bool operator==(const value&, const value&) = default;
};

/// Stands for a token of padding: samples have an end, but the tokens that say where are not in the graph.
inline constexpr int unseen_padding = -2;

struct value_info {
    shape extents{};
    storage where = storage::per_sample;
    core::element element = core::element::number;
    int root = -1;      ///< ≥ 0: an alias of that value (same bytes under another shape)
    int parameter = -1; ///< index of the parameter, gradient, buffer or state
    bool channels_last = false;
    int vocabulary = 0;     ///< of tokens: each is below it; 0: not known
    int padding = -1;       ///< of tokens: the one that stands behind a sample's end; −1: none; or unseen_padding
    int padded_like = -1;   ///< the tokens whose positions it has, where those are padded; −1: none
    long long elements = 0; ///< in memory, padding included
    long long offset = -1;  ///< in bytes within its storage
};

/// A copy of it costs a fraction of what default construction does, member by member, during constant evaluation.
inline constexpr value_info blank_value{};

} // namespace strata::inline STRATA_ABI::core

namespace strata::inline STRATA_ABI {
using core::value;
} // namespace strata::inline STRATA_ABI
