#pragma once
/// The element type of a model's parameters and values.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI {

/// fp32 — float, the default.
struct fp32 {
    using type = float;
    static constexpr const char* name = "fp32";
};
/// fp64 — double.
struct fp64 {
    using type = double;
    static constexpr const char* name = "fp64";
};

} // namespace strata::inline STRATA_ABI
