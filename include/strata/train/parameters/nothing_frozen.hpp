#pragma once
#include <strata/plan/request.hpp>

namespace strata::inline STRATA_ABI::detail {

/// Stands for the `frozen<...>` of a trainer without any.
struct nothing_frozen {
    template <class Net>
    struct diagnosis {};
    template <class Net>
    static constexpr layer_set layers{};
};

} // namespace strata::inline STRATA_ABI::detail
