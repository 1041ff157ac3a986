/// The bytes of training are constants of the network.
#include "catch.hpp"
#include "nets.hpp"

#include <strata/model/inference_bytes.hpp>
#include <strata/train/trainer.hpp>
#include <strata/train/training_bytes.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

TEST_CASE("training needs what its class of values says: so much at any rate, per sample, and per chunk of 8") {
    constexpr auto bytes = [](int batch) { return training_bytes<lenet5, cross_entropy>(batch); };
    constexpr long long per_sample = (bytes(8) - bytes(1)) / 7;
    STATIC_REQUIRE(bytes(8) - bytes(4) == 4 * per_sample);
    STATIC_REQUIRE(bytes(16) - bytes(9) == 7 * per_sample);
    constexpr long long per_chunk = bytes(9) - bytes(8) - per_sample;
    // The partial gradients of both convolutions, of which the second's are the larger by far, live one after the
    // other.
    STATIC_REQUIRE(per_chunk >= 4 * 2400);
    STATIC_REQUIRE(bytes(24) == bytes(8) + 16 * per_sample + 2 * per_chunk);
    STATIC_REQUIRE(bytes(1) > inference_bytes<lenet5>(1));

    using trainer_type = trainer<lenet5, cpu, fp32, cross_entropy, adam>;
    CHECK(trainer_type::bytes(32) == bytes(32) + 3 * parameter_bytes<lenet5>); // gradients and adam's two moments
}
