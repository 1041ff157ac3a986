#pragma once
/// port_info — an input or output of a network, as its plan knows it.
#include <strata/base/shape.hpp>
#include <strata/plan/graph/element.hpp>
#include <strata/plan/graph/storage.hpp>

namespace strata::inline STRATA_ABI::core {

struct port_info {
    const char* name = ""; ///< empty: it is the only one, and has none
    shape extents{};       ///< of one sample
    core::element element = core::element::number;
    int vocabulary = 0;             ///< of tokens: each is below it; 0: not known
    int padding = -1;               ///< of tokens: the one that stands behind a sample's end; −1: none
    int padded_like = -1;           ///< of an output: the input whose padded positions it has; −1: none
    storage where = storage::input; ///< the block of the caller's memory
};

} // namespace strata::inline STRATA_ABI::core
