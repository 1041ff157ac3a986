#pragma once
/// any_number — the value of every fact of a broken network: what is computed or compared with it is such a value
/// again, and as a condition that holds, so that the user's own static_asserts stay silent; as a size it is 1.
#include <strata/base/abi.hpp>

#include <type_traits>

namespace strata::inline STRATA_ABI::core {

struct any_number {
    static const any_number d0, d1, d2, d3, rank;
    constexpr any_number size() const { return {}; }
    constexpr any_number operator[](int) const { return {}; }
    constexpr any_number operator()(int) const { return {}; }
    template <class Other>
    constexpr operator Other() const {
        if constexpr (std::is_arithmetic_v<Other>) return Other(1);
        else return Other{};
    }
    constexpr any_number operator+() const { return {}; }
    constexpr any_number operator-() const { return {}; }
    constexpr any_number operator~() const { return {}; }
    constexpr any_number operator!() const { return {}; }

    template <class A, class B>
    static constexpr bool is_one = std::is_same_v<A, any_number> || std::is_same_v<B, any_number>;
#define STRATA_ANY_NUMBER(OPERATOR) \
    template <class A, class B> \
        requires is_one<A, B> \
    friend constexpr any_number operator OPERATOR(const A&, const B&) { \
        return {}; \
    }
    STRATA_ANY_NUMBER(==)
    STRATA_ANY_NUMBER(!=)
    STRATA_ANY_NUMBER(<)
    STRATA_ANY_NUMBER(<=)
    STRATA_ANY_NUMBER(>)
    STRATA_ANY_NUMBER(>=)
    STRATA_ANY_NUMBER(+)
    STRATA_ANY_NUMBER(-)
    STRATA_ANY_NUMBER(*)
    STRATA_ANY_NUMBER(/)
    STRATA_ANY_NUMBER(%)
    STRATA_ANY_NUMBER(&)
    STRATA_ANY_NUMBER(|)
    STRATA_ANY_NUMBER(^)
    STRATA_ANY_NUMBER(<<)
    STRATA_ANY_NUMBER(>>)
    STRATA_ANY_NUMBER(&&) // so that the whole of !(a > 1 && b > 2) is silent too
    STRATA_ANY_NUMBER(||)
#undef STRATA_ANY_NUMBER
};
inline constexpr any_number any_number::d0{}, any_number::d1{}, any_number::d2{}, any_number::d3{}, any_number::rank{};

} // namespace strata::inline STRATA_ABI::core
