#include "gradient_check.hpp"
#include "gradient_nets.hpp"

using namespace strata_tests;

TEMPLATE_LIST_TEST_CASE("dense: gradients are central differences", "[reference]", dense_nets) {
    check_gradients<TestType>(1);
    check_gradients<TestType>(7);
}

TEMPLATE_LIST_TEST_CASE("conv: gradients are central differences", "[reference]", conv_nets) {
    check_gradients<TestType>(1);
    check_gradients<TestType>(7);
}

TEMPLATE_LIST_TEST_CASE("poolings: gradients are central differences", "[reference]", pool_nets) {
    check_gradients<TestType>(1);
    check_gradients<TestType>(7);
}
