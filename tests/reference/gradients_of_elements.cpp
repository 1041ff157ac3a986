#include "gradient_check.hpp"
#include "gradient_nets.hpp"

using namespace strata_tests;

TEMPLATE_LIST_TEST_CASE("elementwise, softmax, dropout: gradients are central differences", "[reference]",
                        element_nets) {
    check_gradients<TestType>(1);
    check_gradients<TestType>(7);
}

TEMPLATE_LIST_TEST_CASE("batch_norm: gradients are central differences", "[reference]", batch_norm_nets) {
    check_gradients<TestType>(2);
    check_gradients<TestType>(7);
}

TEMPLATE_LIST_TEST_CASE("batch_norm in inference: the gradient to the input is central differences", "[reference]",
                        batch_norm_nets) {
    check_input_gradient_in_inference<TestType>(1);
    check_input_gradient_in_inference<TestType>(7);
}
