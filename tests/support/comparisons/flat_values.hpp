#pragma once
/// Networks of flat values: affine, elementwise functions, softmax, the losses, dropout, concat, slice, add.
/// Each is compared with the reference, under a policy of the test's choice.
#include "../compare.hpp"

namespace strata_tests {

using namespace strata; // NOLINT: this header is for tests alone

/// A user's function of any number, and one of plain double.
struct softsign_function {
    static constexpr const char* name = "softsign";
    template <class V>
    STRATA_HD static V f(V x) {
        using std::abs;
        return x / (V(1) + abs(x));
    }
    template <class V>
    STRATA_HD static V df(V x) {
        using std::abs;
        const V d = V(1) + abs(x);
        return V(1) / (d * d);
    }
};
struct cube_function {
    STRATA_HD static double f(double x) { return x * x * x; }
    STRATA_HD static double df(double x) { return 3 * x * x; }
};
using softsign = elementwise<softsign_function>;
using cube = elementwise<cube_function>;

/// Every size there is to get wrong: 1, primes, one register of float or double, one more and one less, two and a bit.
struct dense_of_all_sizes : network<features<1>, dense<7>, dense<13>, dense<8>, dense<9>, dense<15>, dense<16>, dense<17>,
                                    dense<31>, dense<33, no_bias>, dense<65>, dense<1>, dense<2, no_bias>> {};
struct dense_of_many_inputs : network<features<257>, dense<67>, dense<1>> {};

/// Each function by itself over F features, and inside the affine before it.
template <int F>
struct functions : network<features<F>, parallel<concat_all, relu, leaky_relu<>, leaky_relu<1.0 / 3>, sigmoid, tanh_activation,
                                                 softsign, cube>> {};
struct fused_functions : network<features<13>, dense<17>, relu, dense<15>, leaky_relu<>, dense<16>, sigmoid, dense<33>,
                                 tanh_activation, dense<7>, softsign, dense<3>, cube> {};

/// Softmax over F features, dropout, sums and joins of values that are used twice.
template <int F>
struct joins : network<features<F>, tag<"x">, softmax, tag<"p">, dropout<1.0 / 3>, add<"x">, concat<"p">,
                       residual<softmax, dropout<0.75>>> {};

template <int K>
struct classifier : network<features<5>, dense<K>, softmax> {};

template <class Policy>
void compare_affine() {
    compare_training<dense_of_all_sizes, mean_squared_error, Policy>();
    compare_training<dense_of_many_inputs, mean_squared_error, Policy>();
}

template <class Policy>
void compare_elementwise() {
    compare_training<functions<1>, mean_squared_error, Policy>();
    compare_training<functions<17>, mean_squared_error, Policy>();
    compare_training<functions<33>, mean_squared_error, Policy>();
    compare_training<fused_functions, mean_squared_error, Policy>();
}

template <class Policy>
void compare_joins_of_features() {
    compare_training<joins<1>, mean_squared_error, Policy>();
    compare_training<joins<7>, mean_squared_error, Policy>();
    compare_training<joins<16>, mean_squared_error, Policy>();
    compare_training<joins<17>, mean_squared_error, Policy>();
}

template <class Policy>
void compare_cross_entropy() {
    compare_training<classifier<2>, cross_entropy, Policy>();
    compare_training<classifier<7>, cross_entropy, Policy>();
    compare_training<classifier<16>, cross_entropy, Policy>();
    compare_training<classifier<33>, cross_entropy, Policy>();
}

} // namespace strata_tests
