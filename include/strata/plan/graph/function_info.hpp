#pragma once
/// function_info — what a graph knows of an elementwise function. Its address, `function_id<F>`, is the function's
/// identity.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::core {

struct function_info {
    bool from_output = false; ///< can the derivative be told from y alone
};
template <class F>
concept has_df_of_output = requires { F::df_of_output(0.0); };
template <class F>
inline constexpr function_info function_id{has_df_of_output<F>};
/// Are the two the same function? Under -fsanitize=undefined g++ does not take the comparison of two different
/// variables' addresses for a constant (PR 71962), but does take that of a variable with itself; so what is not a
/// constant differs.
constexpr bool same_function(const function_info* a, const function_info* b) {
#if defined(__GNUC__) && !defined(__clang__)
    if (__builtin_is_constant_evaluated()) return __builtin_constant_p(a == b) && a == b;
#endif
    return a == b;
}

} // namespace strata::inline STRATA_ABI::core
