/// Users' layers that compose operations in their own build. What runs them finds their functions through the names
/// they give.
#include "compare.hpp"

#include <strata/strata.hpp>

using namespace strata_tests;

namespace {

struct square {
    template <class V>
    static V f(V x) {
        return x * x;
    }
    template <class V>
    static V df(V x) {
        return V(2) * x;
    }
};
struct cube {
    template <class V>
    static V f(V x) {
        return x * x * x;
    }
    template <class V>
    static V df(V x) {
        return V(3) * x * x;
    }
};

/// One function, named.
template <int Units>
struct dense_squared {
    using function = square;
    static constexpr strata::value build(strata::graph& g, strata::value x) {
        x = strata::dense<Units>::build(g, x);
        return strata::operations::elementwise::append<square>(g, x);
    }
};
/// Two functions, in a list.
struct squared_and_cubed {
    using layers = strata::type_list<strata::elementwise<square>, strata::elementwise<cube>>;
    static constexpr strata::value build(strata::graph& g, strata::value x) {
        const strata::value a = strata::operations::elementwise::append<square>(g, x);
        return strata::operations::add::append(g, a, strata::operations::elementwise::append<cube>(g, x));
    }
};
/// A function of its own, and those of the layers it runs.
template <class Inner>
struct squared_behind {
    using function = square;
    using layers = strata::type_list<Inner>;
    static constexpr strata::value build(strata::graph& g, strata::value x) {
        x = strata::run_layer<Inner>(g, x, 0, 1);
        return strata::operations::elementwise::append<square>(g, x);
    }
};

struct one : strata::network<strata::features<5>, dense_squared<9>, strata::dense<3>> {};
struct two : strata::network<strata::features<5>, strata::dense<9>, squared_and_cubed, strata::dense<3>> {};
struct nested
    : strata::network<strata::features<5>, strata::dense<9>, strata::residual<squared_behind<squared_and_cubed>>,
                      squared_behind<strata::sigmoid>, strata::dense<3>> {};

} // namespace

TEST_CASE("composed layers: the cpu's numbers are the reference's", "[layers]") {
    compare_training<one>();
    compare_training<two>();
    compare_training<nested>();
    compare_inference<nested>();
}

TEST_CASE("a composed layer by hand", "[layers]") {
    struct alone : strata::network<strata::features<3>, squared_and_cubed> {};
    const strata::model<alone, strata::reference, strata::fp64> net;
    CHECK(net(std::vector<double>{-1, 2, 0.5}) == std::vector<double>{0, 12, 0.375});
}
