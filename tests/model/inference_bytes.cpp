/// The bytes that inference needs are constants of the network.
#include "catch.hpp"
#include "nets.hpp"

#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

TEST_CASE("inference needs its parameters, and a workspace that grows with the batch") {
    STATIC_REQUIRE(parameter_bytes<lenet5, reference>
                   == 4
                          * (padded_to(150, 16) + 16 + 2400 + 16 + 48000 + padded_to(120, 16) + 10080
                             + padded_to(84, 16) + 848 + 16));
    STATIC_REQUIRE(parameter_bytes<lenet5, reference, fp64> == 2 * parameter_bytes<lenet5, reference>);
    // conv's result and max_pool's, in floats, per sample
    STATIC_REQUIRE(inference_bytes<lenet5, reference>(1) == 4 * (4704 + 1184));
    STATIC_REQUIRE(inference_bytes<lenet5, reference>(64) == 64 * inference_bytes<lenet5, reference>(1));
    STATIC_REQUIRE(inference_bytes<lenet5, reference, fp64>(3) == 2 * inference_bytes<lenet5, reference>(3));
}
