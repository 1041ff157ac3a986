#pragma once
/// elementwise<F> — a custom function, applied to every element:  y = f(x), of any shape.
/// F is a named type:
///     struct softsign_function {
///         static constexpr const char* name = "softsign";
///         template <class V> static V f(V x) { using std::abs; return x / (V(1) + abs(x)); }
///         template <class V> static V df(V x) { using std::abs; return V(1) / ((V(1) + abs(x)) * (V(1) + abs(x))); }
///     };
///     using softsign = strata::elementwise<softsign_function>;
/// V is float, double, or a register of them: write conditions with `strata::select(condition, a, b)`. A branch is a
/// compile error that says so. A function that takes a plain `double` instead of a template parameter runs element by
/// element. Functions of <cmath> are called as above, after `using`. Those of the library's own layers are in
/// `elementary` (base/elementary.hpp): exp, expm1, log, log1p, erf, erfc, tanh and logistic. If the derivative can be
/// computed from y alone, provide `df_of_output(y)` instead of df: x need not be kept then, and the function is fused
/// into the layer before it. For the policy `gpu`, write STRATA_HD before `static` and STRATA_ANY_CALLER before
/// `template` (base/host_device.hpp), and declare no variable of type V.
#include <strata/base/select.hpp>
#include <strata/base/type_list.hpp>
#include <strata/layers/run_layer.hpp>
#include <strata/operations/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

template <class F>
struct elementwise {
    using function = F;
    static constexpr value build(graph& g, value x) { return operations::elementwise::append<F>(g, x); }
    static constexpr void spell(text& t) {
        if constexpr (requires { F::spell(t); }) F::spell(t);
        else if constexpr (requires { F::name; }) t.add(F::name);
        else {
            t.add("elementwise<");
            spell_layer<F>(t);
            t.add(">");
        }
    }
};

} // namespace strata::inline STRATA_ABI
