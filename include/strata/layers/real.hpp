#pragma once
/// real — a fraction as a template argument: `dropout<0.5>`. A structural class, because not every supported compiler
/// takes a floating-point number there.
namespace strata::inline v0_1 {

struct real {
    double number = 0;
    constexpr real(double n) : number(n) {}
    constexpr real(int n) : number(n) {} // clang 14 does not go through double by itself
    friend constexpr bool operator==(const real&, const real&) = default;
};

} // namespace strata::inline v0_1
