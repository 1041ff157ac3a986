// A branch in a function of one's own, which a vector register cannot take for all of its numbers.
// expect: strata: a custom function branches (if, ?:, std::max, ...) on a vector register, whose elements may need both branches. Write strata::select(condition, a, b) for condition ? a : b. Or let the function take and return a plain double instead of a template's V: it then runs element by element.
// expect-types: strata: a custom function branches (if, ?:, std::max, ...) on a vector register, whose elements may need both branches. Write strata::select(condition, a, b) for condition ? a : b. Or let the function take and return a plain double instead of a template's V: it then runs element by element.
#include <strata/strata.hpp>
#include <cmath>

// [snippet]
struct elu_function {
    static constexpr const char* name = "elu";
#ifdef STRATA_BROKEN
    template <class V> static V f(V x) { using std::exp; if (x > V(0)) return x; return exp(x) - V(1); }
    template <class V> static V df(V x) { using std::exp; return x > V(0) ? V(1) : exp(x); }
#else
    template <class V> static V f(V x) { using std::exp; return strata::select(x > V(0), x, exp(x) - V(1)); }
    template <class V> static V df(V x) { using std::exp; return strata::select(x > V(0), V(1), exp(x)); }
#endif
};
struct net : strata::network<
    strata::features<8>, strata::dense<8>, strata::elementwise<elu_function>, strata::dense<2>> {};

double train(strata::model<net>& model, const std::vector<float>& x, const std::vector<float>& t) {
    strata::trainer trainer{model, strata::mean_squared_error{}, strata::sgd{.rate = 0.1f}};
    return trainer.step(x, t);
}
// [/snippet]
