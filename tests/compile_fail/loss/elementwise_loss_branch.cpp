// std::max in a loss of one's own, called by its full name: it branches on a comparison of its own.
// expect: strata: a custom function branches (if, ?:, std::max, ...) on a vector register, whose elements may need both branches. Write strata::select(condition, a, b) for condition ? a : b. Or let the function take and return a plain double instead of a template's V: it then runs element by element.
// expect-types: strata: a custom function branches (if, ?:, std::max, ...) on a vector register, whose elements may need both branches. Write strata::select(condition, a, b) for condition ? a : b. Or let the function take and return a plain double instead of a template's V: it then runs element by element.
#include <strata/losses.hpp>
#include <strata/strata.hpp>
#include <algorithm>

// [snippet]
struct hinge_function {
#ifdef STRATA_BROKEN
    template <class V> static V f(V x, V t) { return std::max(V(0), V(1) - x * t); }
#else
    template <class V> static V f(V x, V t) { using std::max; return max(V(0), V(1) - x * t); }
#endif
    template <class V> static V df(V x, V t) { return strata::select(x * t < V(1), -t, V(0)); }
};
struct net : strata::network<strata::features<8>, strata::dense<1>> {};

double train(strata::model<net>& model, const std::vector<float>& x, const std::vector<float>& t) {
    strata::trainer trainer{model, strata::elementwise_loss<hinge_function>{}, strata::sgd{.rate = 0.1f}};
    return trainer.step(x, t);
}
// [/snippet]
