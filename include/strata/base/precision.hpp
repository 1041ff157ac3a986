#pragma once
/// Precisions: the element type of a model's parameters and values.
namespace strata::inline v0_1 {

struct fp32 {
    using type = float;
    static constexpr const char* name = "fp32";
};
struct fp64 {
    using type = double;
    static constexpr const char* name = "fp64";
};

} // namespace strata::inline v0_1
