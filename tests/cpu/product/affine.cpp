/// The cpu kernels of flat values: affine, elementwise functions, softmax, the losses, dropout, concat, slice, add.
#include "comparisons/flat_values.hpp"

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

TEST_CASE("affine: the cpu kernels agree with the reference at every size") { compare_affine<cpu>(); }

TEST_CASE("elementwise: the cpu kernels agree with the reference, alone and fused") { compare_elementwise<cpu>(); }

TEST_CASE("softmax, dropout, add, concat: the cpu kernels agree with the reference on features") {
    compare_joins_of_features<cpu>();
}

TEST_CASE("elementwise_loss: the cpu kernel agrees with the reference") { compare_elementwise_losses<cpu>(); }

TEST_CASE("elementwise_loss: a function of any number runs in vector registers, one of plain double does not") {
    constexpr key k = [] {
        key of;
        of.kind = operations::elementwise_loss::kind;
        of.x = of.y = shape(17);
        return of;
    }();
    STATIC_REQUIRE(cpu::kernel<k, mean_squared_error::function, float>::vectorized);
    STATIC_REQUIRE(cpu::kernel<k, l1::function, float>::vectorized);
    STATIC_REQUIRE(cpu::kernel<k, huber<>::function, double>::vectorized);
    STATIC_REQUIRE(cpu::kernel<k, binary_cross_entropy<>::function, float>::vectorized);
    STATIC_REQUIRE_FALSE(cpu::kernel<k, fourth_power_function, double>::vectorized);
}

TEST_CASE("cross_entropy: the cpu kernel agrees with the reference") { compare_cross_entropy<cpu>(); }

TEST_CASE("cross_entropy: the cpu kernel takes scores of minus infinity") { check_impossible_classes<cpu>(); }
