#include "gradient_check.hpp"
#include "gradient_nets.hpp"
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>

using namespace strata_tests;

TEMPLATE_LIST_TEST_CASE("structures: gradients are central differences", "[reference]", structure_nets) {
    check_gradients<TestType>(1);
    check_gradients<TestType>(7);
}

// The random target is no distribution: the gradient holds for any target.
TEST_CASE("losses: gradients are central differences", "[reference]") {
    check_gradients<net_dense, strata::cross_entropy>(1);
    check_gradients<net_dense, strata::cross_entropy>(7);
    check_gradients<net_softmax, strata::cross_entropy>(7);
    check_gradients<net_dense, strata::mean_squared_error>(1);
    check_gradients<net_conv, strata::mean_squared_error>(7);
}
