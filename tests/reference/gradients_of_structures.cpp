#include "gradient_check.hpp"
#include "gradient_nets.hpp"
#include <strata/losses.hpp>

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
    check_gradients<net_conv, strata::l1>(7);
    check_gradients<net_dense, strata::huber<0.5>>(7);
    check_gradients<net_dense, strata::binary_cross_entropy<>>(1);
    check_gradients<net_conv, strata::binary_cross_entropy<3>>(7);
}
