/// Layers that change an image's geometry against PyTorch: padding, cropping, upsampling, adaptive poolings, transposed
/// and depthwise convolutions.
#include "pytorch/pytorch_compare.hpp"

using namespace strata_tests;

TEMPLATE_LIST_TEST_CASE("PyTorch: geometry of images and signals", "[reference]", pytorch::geometry_nets) {
    compare_with_pytorch<TestType>();
}
