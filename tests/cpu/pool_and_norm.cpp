/// The cpu kernels over the pixels of images: poolings, batch_norm in both modes, functions, softmax, dropout, joins; and
/// the check that every kind of operation was compared somewhere in this folder.
#include "compare.hpp"

using namespace strata;
using namespace strata_tests;

namespace {

/// Windows that overlap, leave pixels out, begin before the image, and end behind it.
template <template <kernel, class...> class Pool, int C>
struct pooled : network<image<C, 9, 10>, parallel<concat_all, Pool<3, same, stride<2>>, Pool<2, ceil_mode>,
                                                  Pool<kernel(3, 2), stride<2>, padding<1, 0>, ceil_mode>,
                                                  Pool<5, padding<2>, stride<2>>>> {};
template <template <kernel, class...> class Pool, int C>
struct pooled_with_gaps : network<image<C, 9, 10>, parallel<concat_all, Pool<3, dilation<2>, stride<2>, padding<1>, ceil_mode>,
                                                            Pool<4, stride<2>, padding<1>>, Pool<2>,
                                                            Pool<3, stride<2>, ceil_mode>>> {};
template <int C>
struct averaged : network<image<C, 5, 3>, leaky_relu<>, global_avg_pool> {};

template <int C>
struct normalized_image : network<image<C, 3, 5>, batch_norm, relu> {};
template <int F>
struct normalized_features : network<features<F>, batch_norm, sigmoid, dense<5>> {};
/// The bias before a batch_norm has no effect and a gradient of exactly 0, of which rounding is all that remains: in
/// training it is left out, in inference it is folded.
template <class... Bias>
struct normalized_convolutions
    : network<image<3, 6, 5>, conv<17, 3, same, Bias...>, batch_norm, relu, conv<16, 3, no_bias>, batch_norm, leaky_relu<>,
              max_pool<2>, flatten, dense<33, no_bias>, batch_norm, tanh_activation, dense<5>> {};

/// Functions, softmax over channels, dropout, sums and joins of images; the sample is one branch, as it is.
template <int C>
struct joined : network<image<C, 4, 3>, tag<"x">, softmax, tag<"p">, dropout<0.25>, concat<"x">,
                        parallel<add_all, pass, tanh_activation, residual<relu, dropout<0.5>>>, conv<C, 1>, add<"p">,
                        concat<"x">> {};
struct nothing : network<image<3, 2, 2>, pass> {};

} // namespace

TEST_CASE("max_pool: the cpu kernels agree with the reference") {
    compare_training<pooled<max_pool, 7>>();
    compare_training<pooled<max_pool, 16>>();
    compare_training<pooled<max_pool, 33>>();
    compare_training<pooled_with_gaps<max_pool, 1>>();
    compare_training<pooled_with_gaps<max_pool, 17>>();
}

TEST_CASE("max_pool: of equal maxima the first takes the gradient, as in the reference") {
    compare_training<pooled<max_pool, 7>>({1, 7}, samples::counting);
    compare_training<pooled_with_gaps<max_pool, 17>>({1, 7}, samples::counting);
}

TEST_CASE("avg_pool: the cpu kernels agree with the reference") {
    compare_training<pooled<avg_pool, 7>>();
    compare_training<pooled_with_gaps<avg_pool, 1>>();
    compare_training<pooled_with_gaps<avg_pool, 17>>();
    compare_training<averaged<1>>();
    compare_training<averaged<33>>();
}

TEST_CASE("batch_norm: the cpu kernels agree with the reference in training") {
    // A batch of one flat sample has no variance; of images it has, but one sample is no batch either.
    compare_training<normalized_image<1>>({1, 7, 20});
    compare_training<normalized_image<17>>({1, 7, 20});
    compare_training<normalized_features<16>>({7, 20});
    compare_training<normalized_features<31>>({7, 20});
    compare_training<normalized_convolutions<no_bias>>({7, 20});
}

TEST_CASE("batch_norm: the cpu kernels agree with the reference in inference, alone and folded into conv") {
    compare_inference<normalized_image<17>>();
    compare_inference<normalized_features<31>>();
    compare_inference<normalized_convolutions<>>();
}

TEST_CASE("softmax, dropout, add, concat: the cpu kernels agree with the reference on images") {
    compare_training<joined<1>>();
    compare_training<joined<17>>();
    compare_training<nothing>();
}

TEST_CASE("every kind of operation is compared") {
    for (const operation_rule& rule : rules.rows) {
        INFO(rule.name);
        // The lay-out pass turns every reshape into an alias or a reorder: it has no kernel.
        CHECK(compared_kinds[static_cast<int>(rule.kind)] == (rule.kind != op::reshape));
    }
}

TEST_CASE("elementwise functions of the library run in registers, a function of plain double does not") {
    using arch = cpu::instruction_set;
    const auto in_registers = []<class F, class T>(F, T) {
        return on_cpu::kernel<op::elementwise, key{.kind = op::elementwise, .x = shape(3)}, F, T, arch>::vectorized
               && on_cpu::kernel<op::elementwise_gradient, key{.kind = op::elementwise_gradient, .x = shape(3)}, F, T,
                                 arch>::vectorized;
    };
    struct of_plain_double {
        static double f(double x) { return x; }
        static double df(double) { return 1; }
    };
    STATIC_REQUIRE(in_registers(relu_function{}, float{}));
    STATIC_REQUIRE(in_registers(relu_function{}, double{}));
    STATIC_REQUIRE(in_registers(leaky_relu_function<0.01>{}, float{}));
    STATIC_REQUIRE(in_registers(sigmoid_function{}, float{}));
    STATIC_REQUIRE(in_registers(tanh_function{}, float{}));
    STATIC_REQUIRE(in_registers(tanh_function{}, double{}));
    STATIC_REQUIRE_FALSE(in_registers(of_plain_double{}, float{}));
}
