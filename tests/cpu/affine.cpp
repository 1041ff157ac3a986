/// The cpu kernels of flat values: affine, elementwise functions, softmax, the losses, dropout, concat, slice, add.
#include "comparisons/flat_values.hpp"

using namespace strata;
using namespace strata_tests;

TEST_CASE("affine: the cpu kernels agree with the reference at every size") { compare_affine<cpu>(); }

TEST_CASE("elementwise: the cpu kernels agree with the reference, alone and fused") { compare_elementwise<cpu>(); }

TEST_CASE("softmax, dropout, add, concat: the cpu kernels agree with the reference on features") { compare_joins_of_features<cpu>(); }

TEST_CASE("cross_entropy: the cpu kernel agrees with the reference") { compare_cross_entropy<cpu>(); }

TEST_CASE("cross_entropy: the cpu kernel takes scores of minus infinity") { check_impossible_classes<cpu>(); }
