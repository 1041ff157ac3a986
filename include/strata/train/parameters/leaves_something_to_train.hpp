#pragma once
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::detail {

/// The compile error of a trainer whose layers are all frozen.
/// A class of its own, so that there is one error however often such a trainer is made.
template <bool Trains>
struct leaves_something_to_train {
    static_assert(Trains,
                  "strata: every layer with parameters is frozen: there is nothing to train. Leave at least one of "
                  "them out of frozen<...>.");
};

} // namespace strata::inline STRATA_ABI::detail
