#pragma once
/// function_register<T, Arch> — the V of a function of one's own (elementwise, elementwise_loss) under the cpu policy:
/// a vector register, whose conditions hold for some of its numbers and not for others. So they are no bool: a branch
/// on one is a compile error that names `select`. (xsimd's own register takes some branches silently, by its first
/// number or by any, or explains at length that there is no conversion.) What is not here is xsimd's, which a function
/// finds by its argument.
#include <strata/cpu/math/erfc.hpp>
#include <strata/cpu/math/log.hpp>
#include <strata/cpu/registers.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

template <class T, class Arch>
struct function_register;

template <class T, class Arch>
struct function_condition : xsimd::batch_bool<T, Arch> {
    using lanes = xsimd::batch_bool<T, Arch>;
    using V = function_register<T, Arch>;
    function_condition(const lanes& c) : lanes(c) {}

    operator bool() const {
        static_assert(
            sizeof(T) == 0,
            "strata: a custom function branches (if, ?:, std::max, ...) on a vector register, whose elements may need "
            "both branches. Write strata::select(condition, a, b) for condition ? a : b. Or let the function take and "
            "return a plain double instead of a template's V: it then runs element by element.");
        return false;
    }

    friend function_condition operator&&(const function_condition& a, const function_condition& b) {
        return static_cast<const lanes&>(a) & static_cast<const lanes&>(b);
    }
    friend function_condition operator||(const function_condition& a, const function_condition& b) {
        return static_cast<const lanes&>(a) | static_cast<const lanes&>(b);
    }
    friend function_condition operator&(const function_condition& a, const function_condition& b) { return a && b; }
    friend function_condition operator|(const function_condition& a, const function_condition& b) { return a || b; }
    friend function_condition operator!(const function_condition& a) { return ~static_cast<const lanes&>(a); }

    friend V select(const function_condition& c, const V& a, const V& b) {
        return xsimd::select(static_cast<const lanes&>(c), a.numbers(), b.numbers());
    }
};

template <class T, class Arch>
struct function_register : xsimd::batch<T, Arch> {
    using lanes = xsimd::batch<T, Arch>;
    using condition = function_condition<T, Arch>;

    function_register() = default;
    function_register(const lanes& x) : lanes(x) {}
    template <class Number>
        requires std::is_arithmetic_v<Number>
    function_register(Number x) : lanes(static_cast<T>(x)) {}
    /// 1 where the condition holds, else 0, as of a bool.
    function_register(const condition& c) : lanes(xsimd::select(c, lanes(T(1)), lanes(T(0)))) {}

    [[nodiscard]] const lanes& numbers() const { return *this; }

    friend function_register operator+(const function_register& a, const function_register& b) {
        return a.numbers() + b.numbers();
    }
    friend function_register operator-(const function_register& a, const function_register& b) {
        return a.numbers() - b.numbers();
    }
    friend function_register operator*(const function_register& a, const function_register& b) {
        return a.numbers() * b.numbers();
    }
    friend function_register operator/(const function_register& a, const function_register& b) {
        return quotient<T, Arch>(a.numbers(), b.numbers());
    }
    friend function_register operator-(const function_register& a) { return -a.numbers(); }
    friend function_register operator+(const function_register& a) { return a; }
    friend function_register& operator+=(function_register& a, const function_register& b) { return a = a + b; }
    friend function_register& operator-=(function_register& a, const function_register& b) { return a = a - b; }
    friend function_register& operator*=(function_register& a, const function_register& b) { return a = a * b; }
    friend function_register& operator/=(function_register& a, const function_register& b) { return a = a / b; }

    friend condition operator<(const function_register& a, const function_register& b) {
        return a.numbers() < b.numbers();
    }
    friend condition operator>(const function_register& a, const function_register& b) {
        return a.numbers() > b.numbers();
    }
    friend condition operator<=(const function_register& a, const function_register& b) {
        return a.numbers() <= b.numbers();
    }
    friend condition operator>=(const function_register& a, const function_register& b) {
        return a.numbers() >= b.numbers();
    }
    friend condition operator==(const function_register& a, const function_register& b) {
        return a.numbers() == b.numbers();
    }
    friend condition operator!=(const function_register& a, const function_register& b) {
        return a.numbers() != b.numbers();
    }
};

// The functions of <cmath>, as `using std::exp; exp(x)` finds them.
#define STRATA_OF_ONE_REGISTER(FUNCTION) \
    template <class T, class Arch> \
    inline function_register<T, Arch> FUNCTION(const function_register<T, Arch>& x) { \
        return xsimd::FUNCTION(x.numbers()); \
    }
STRATA_OF_ONE_REGISTER(abs)
STRATA_OF_ONE_REGISTER(fabs)
STRATA_OF_ONE_REGISTER(exp)
STRATA_OF_ONE_REGISTER(exp2)
STRATA_OF_ONE_REGISTER(expm1)
STRATA_OF_ONE_REGISTER(log2)
STRATA_OF_ONE_REGISTER(log10)
STRATA_OF_ONE_REGISTER(cbrt)
STRATA_OF_ONE_REGISTER(sin)
STRATA_OF_ONE_REGISTER(cos)
STRATA_OF_ONE_REGISTER(tan)
STRATA_OF_ONE_REGISTER(asin)
STRATA_OF_ONE_REGISTER(acos)
STRATA_OF_ONE_REGISTER(atan)
STRATA_OF_ONE_REGISTER(sinh)
STRATA_OF_ONE_REGISTER(cosh)
STRATA_OF_ONE_REGISTER(tanh)
STRATA_OF_ONE_REGISTER(asinh)
STRATA_OF_ONE_REGISTER(floor)
STRATA_OF_ONE_REGISTER(ceil)
STRATA_OF_ONE_REGISTER(trunc)
STRATA_OF_ONE_REGISTER(round)
STRATA_OF_ONE_REGISTER(rint)
STRATA_OF_ONE_REGISTER(nearbyint)
#undef STRATA_OF_ONE_REGISTER
template <class T, class Arch>
inline function_register<T, Arch> sqrt(const function_register<T, Arch>& x) {
    return square_root<T, Arch>(x.numbers());
}
template <class T, class Arch>
inline function_register<T, Arch> log(const function_register<T, Arch>& x) {
    return math::log<T, Arch>(x.numbers());
}
template <class T, class Arch>
inline function_register<T, Arch> log1p(const function_register<T, Arch>& x) {
    return math::log1p<T, Arch>(x.numbers());
}
template <class T, class Arch>
inline function_register<T, Arch> erf(const function_register<T, Arch>& x) {
    return math::erf<T, Arch>(x.numbers());
}
template <class T, class Arch>
inline function_register<T, Arch> erfc(const function_register<T, Arch>& x) {
    return math::erfc<T, Arch>(x.numbers());
}

#define STRATA_OF_TWO_REGISTERS(FUNCTION) \
    template <class T, class Arch> \
    inline function_register<T, Arch> FUNCTION(const function_register<T, Arch>& a, \
                                               const function_register<T, Arch>& b) { \
        return xsimd::FUNCTION(a.numbers(), b.numbers()); \
    }
STRATA_OF_TWO_REGISTERS(min)
STRATA_OF_TWO_REGISTERS(max)
STRATA_OF_TWO_REGISTERS(fmin)
STRATA_OF_TWO_REGISTERS(fmax)
STRATA_OF_TWO_REGISTERS(pow)
STRATA_OF_TWO_REGISTERS(atan2)
STRATA_OF_TWO_REGISTERS(hypot)
STRATA_OF_TWO_REGISTERS(copysign)
#undef STRATA_OF_TWO_REGISTERS
template <class T, class Arch>
inline function_register<T, Arch> fma(const function_register<T, Arch>& a, const function_register<T, Arch>& b,
                                      const function_register<T, Arch>& c) {
    return multiply_add<T, Arch>(a.numbers(), b.numbers(), c.numbers());
}

#define STRATA_OF_KINDS_OF_NUMBERS(FUNCTION) \
    template <class T, class Arch> \
    inline function_condition<T, Arch> FUNCTION(const function_register<T, Arch>& x) { \
        return xsimd::FUNCTION(x.numbers()); \
    }
STRATA_OF_KINDS_OF_NUMBERS(isnan)
STRATA_OF_KINDS_OF_NUMBERS(isinf)
STRATA_OF_KINDS_OF_NUMBERS(isfinite)
#undef STRATA_OF_KINDS_OF_NUMBERS

/// A register as a function of one's own takes it; a plain number is its own.
template <class T, class Arch>
[[gnu::always_inline]] inline function_register<T, Arch> argument(const xsimd::batch<T, Arch>& x) {
    return x;
}
template <class T>
    requires std::is_arithmetic_v<T>
constexpr T argument(T x) {
    return x;
}

} // namespace strata::inline STRATA_ABI::on_cpu
