#pragma once
/// elementwise<F> — a user's own function of one number:  y = f(x), of any shape.
/// F is a named type:
///     struct softsign_function {
///         static constexpr const char* name = "softsign";
///         template <class V> static V f(V x) { using std::abs; return x / (V(1) + abs(x)); }
///         template <class V> static V df(V x) { using std::abs; V d = V(1) + abs(x); return V(1) / (d * d); }
///     };
///     using softsign = strata::elementwise<softsign_function>;
/// V is float, double, or a register of them: write conditions with `strata::select`. A function that takes a plain
/// `double` instead of a template runs element by element.
/// `elementary` (base/elementary.hpp) has exp, log, tanh and logistic as the library's own layers use them.
/// If the derivative can be told from y alone, give `df_of_output(y)` instead of df: then x need not be kept, and the
/// function runs inside the layer before it.
#include <strata/base/select.hpp>
#include <strata/base/type_list.hpp>
#include <strata/layers/run_layer.hpp>
#include <strata/plan/operations/elementwise.hpp>

namespace strata::inline STRATA_ABI {

template <class F>
struct elementwise {
    using function = F;
    static constexpr value build(graph& g, value x) { return operations::elementwise::add<F>(g, x); }
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
