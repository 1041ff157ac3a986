#pragma once
/// Precisions: the element type of a model's parameters and values.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI {

struct fp32 {
    using type = float;
    static constexpr const char* name = "fp32";
};
struct fp64 {
    using type = double;
    static constexpr const char* name = "fp64";
};

} // namespace strata::inline STRATA_ABI
