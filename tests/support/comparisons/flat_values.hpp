#pragma once
/// Networks of flat values: affine, elementwise functions, softmax, the losses, dropout, concat, slice, add.
/// Each is compared with the reference, under a policy of the test's choice.
#include "../compare.hpp"
#include "../softsign.hpp"

#include <strata/losses.hpp>

namespace strata_tests {

using namespace strata; // NOLINT: this header is for tests alone

/// A user's function of plain double.
struct cube_function {
    STRATA_HD static double f(double x) { return x * x * x; }
    STRATA_HD static double df(double x) { return 3 * x * x; }
};
using cube = elementwise<cube_function>;

/// Every size there is to get wrong: 1, primes, one register of float or double, one more and one less, two and a bit.
struct dense_of_all_sizes : network<features<1>, dense<7>, dense<13>, dense<8>, dense<9>, dense<15>, dense<16>,
                                    dense<17>, dense<31>, dense<33, no_bias>, dense<65>, dense<1>, dense<2, no_bias>> {
};
struct dense_of_many_inputs : network<features<257>, dense<67>, dense<1>> {};

/// Each function by itself over F features, and inside the affine before it.
template <int F>
struct functions
    : network<features<F>,
              parallel<concat_all, relu, leaky_relu<>, leaky_relu<1.0 / 3>, sigmoid, tanh_activation, softsign, cube>> {
};
struct fused_functions : network<features<13>, dense<17>, relu, dense<15>, leaky_relu<>, dense<16>, sigmoid, dense<33>,
                                 tanh_activation, dense<7>, softsign, dense<3>, cube> {};

/// Softmax over F features, dropout, sums and joins of values that are used twice.
template <int F>
struct joins : network<features<F>, tag<"x">, softmax, tag<"p">, dropout<1.0 / 3>, add<"x">, concat<"p">,
                       residual<softmax, dropout<0.75>>> {};

template <int K>
struct classifier : network<features<5>, dense<K>, softmax> {};

/// Its output is its input: scores of the test's choice.
template <int K>
struct scores : network<features<K>, pass> {};

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

/// A user's own losses: of any number (whose f(0, 0) is no element's), and of plain double.
struct log_cosh_and_half_function {
    template <class V>
    STRATA_HD static V f(V x, V t) {
        using std::cosh, std::log;
        return log(cosh(x - t)) + V(0.5);
    }
    template <class V>
    STRATA_HD static V df(V x, V t) {
        using std::tanh;
        return tanh(x - t);
    }
};
struct fourth_power_function {
    STRATA_HD static double f(double x, double t) { return (x - t) * (x - t) * (x - t) * (x - t); }
    STRATA_HD static double df(double x, double t) { return 4 * (x - t) * (x - t) * (x - t); }
};

/// Its output is its input: E numbers in [−1, 1), the targets in [0, 1).
template <int E>
struct numbers_of : network<features<E>, pass> {};

template <class Policy>
void compare_elementwise_losses() {
    compare_training<numbers_of<33>, mean_squared_error, Policy>();
    compare_training<numbers_of<33>, l1, Policy>();
    compare_training<numbers_of<33>, huber<0.25>, Policy>();
    compare_training<numbers_of<33>, binary_cross_entropy<>, Policy>();
    compare_training<numbers_of<33>, binary_cross_entropy<1.0 / 3>, Policy>();
    compare_training<numbers_of<33>, elementwise_loss<log_cosh_and_half_function>, Policy>();
    compare_training<numbers_of<33>, elementwise_loss<fourth_power_function>, Policy>();
    compare_training<numbers_of<1>, binary_cross_entropy<>, Policy>();
    compare_training<numbers_of<16>, elementwise_loss<log_cosh_and_half_function>, Policy>(); // whole registers
}

template <class Policy>
void compare_cross_entropy() {
    compare_training<classifier<2>, cross_entropy, Policy>();
    compare_training<classifier<7>, cross_entropy, Policy>();
    compare_training<classifier<16>, cross_entropy, Policy>();
    compare_training<classifier<33>, cross_entropy, Policy>();
}

/// Scores of minus infinity: nothing where the class is not wanted, an infinite loss where it is.
template <class Policy, class T, int K>
void check_impossible_classes() {
    INFO((std::is_same_v<T, float> ? "float, " : "double, ") << K << " classes");
    constexpr T inf = std::numeric_limits<T>::infinity();
    using plan = train_plan<scores<K>, cross_entropy, Policy, T, 8>;
    // The first class is impossible, the others are equally likely; the last is wanted, and in the second sample class
    // 1 too.
    run_of<plan, Policy, T> r(2);
    std::fill(r.input.begin(), r.input.end(), T(0.5));
    std::fill(r.target.begin(), r.target.end(), T(0));
    r.input[0] = r.input[K] = -inf;
    r.target[K - 1] = 1;
    r.target[K + 1] = r.target[2 * K - 1] = T(0.5);
    r.run();
    const double each = 1.0 / (K - 1), loss = std::log(static_cast<double>(K - 1));
    // A dozen roundings of exp, log and numbers around loss; the gradient's are of numbers below 1.
    const double bound = 12 * static_cast<double>(std::numeric_limits<T>::epsilon());
    CHECK(std::abs(static_cast<double>(r.loss()) - loss) <= bound * (1 + loss));
    const std::vector<T> gradient = r.input_gradient();
    for (std::size_t i = 0; i < 2 * K; ++i) {
        const double expected = ((i % K == 0 ? 0 : each) - static_cast<double>(r.target[i])) / 2;
        CHECK(std::abs(static_cast<double>(gradient[i]) - expected) <= bound);
    }
    CHECK(gradient[0] == 0);
    CHECK(gradient[K] == 0);

    r.target[0] = 1;
    r.run();
    CHECK(r.loss() == inf);
    r.target[0] = 0;
    r.input[0] = std::numeric_limits<T>::quiet_NaN();
    r.run();
    CHECK(std::isnan(r.loss()));
}
template <class Policy>
void check_impossible_classes() {
    check_impossible_classes<Policy, float, 3>();
    check_impossible_classes<Policy, float, 18>();
    check_impossible_classes<Policy, double, 3>();
    check_impossible_classes<Policy, double, 18>();
}

} // namespace strata_tests
