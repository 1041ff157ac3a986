/// What works on positions, and losses of positions, against PyTorch: also the parameters after five steps of Adam.
#include "pytorch/pytorch_compare.hpp"

using namespace strata_tests;

TEMPLATE_LIST_TEST_CASE("PyTorch: sequences, tokens and losses of positions", "[reference]", pytorch::position_nets) {
    compare_with_pytorch<TestType>();
}
TEMPLATE_LIST_TEST_CASE("PyTorch: norms of images", "[reference]", pytorch::norm_nets) {
    compare_with_pytorch<TestType>();
}
