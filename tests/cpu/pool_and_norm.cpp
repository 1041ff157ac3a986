/// The cpu kernels over the pixels of images: poolings, batch_norm in both modes, functions, softmax, dropout, joins;
/// and the check that every kind of operation was compared somewhere in this folder.
#include "comparisons/images.hpp"

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

TEST_CASE("max_pool: the cpu kernels agree with the reference") { compare_max_pool<cpu>(); }

TEST_CASE("max_pool: of equal maxima the first takes the gradient, as in the reference") {
    compare_max_pool_ties<cpu>();
}

TEST_CASE("avg_pool: the cpu kernels agree with the reference") { compare_avg_pool<cpu>(); }

TEST_CASE("pooling: the cpu kernels agree with the reference where a window is larger than the image") {
    compare_pools_beyond_the_image<cpu>();
}
TEST_CASE("batch_norm: the cpu kernels agree with the reference in training") { compare_batch_norm_training<cpu>(); }

TEST_CASE("batch_norm: the cpu kernels agree with the reference in inference, alone and folded into conv") {
    compare_batch_norm_inference<cpu>();
}

TEST_CASE("batch_norm: the cpu kernels agree with the reference where it is frozen") {
    compare_batch_norm_frozen<cpu>();
}

TEST_CASE("denormalise: the cpu kernel agrees with the reference") { compare_denormalise<cpu>(); }
TEST_CASE("normalise: the cpu kernel agrees with the reference") { compare_normalise<cpu>(); }

TEST_CASE("softmax, dropout, add, concat: the cpu kernels agree with the reference on images") {
    compare_joins_of_images<cpu>();
}

TEST_CASE("every kind of operation is compared") {
    CHECK(compared_kinds.unlisted() == 0);
    for (const operation_rule& rule : operation_rules) {
        if (is_under_laws(rule.kind)) continue;
        INFO(rule.name);
        // The lay-out pass turns every reshape into an alias or a reorder: it has no kernel.
        CHECK(compared_kinds[rule.kind] == (rule.kind != operations::reshape::kind));
    }
}

TEST_CASE("elementwise functions of the library run in registers, a function of plain double does not") {
    using arch = cpu::instruction_set;
    const auto in_registers = []<class F, class T>(F, T) {
        return on_cpu::kernel<operations::elementwise::kind, key{.kind = operations::elementwise::kind, .x = shape(3)},
                              F, T, arch>::vectorized
               && on_cpu::kernel<operations::elementwise_gradient::kind,
                                 key{.kind = operations::elementwise_gradient::kind, .x = shape(3)}, F, T,
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
