/// No plan's operation touches anything but its operands, and memory is used again.
#include "machines/placement.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/reference/reference.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

TEST_CASE("no operation of a plan touches anything but its operands: reference") { watch_all<reference>(); }

TEST_CASE("no operation of a plan touches anything but its operands: cpu") { watch_all<cpu>(); }

TEST_CASE("memory is used again: a chain needs two values at a time, however long it is") {
    struct chain : network<features<16>, repeat<9, dense<16>, relu>, dense<16>> {};
    STATIC_REQUIRE(plan<chain, request{}>::data.sizes.per_sample == 4 * (2 * 16));
    STATIC_REQUIRE(plan<chain, request{}>::data.sizes.fixed == 0);
    STATIC_REQUIRE(plan<chain, request{}>::data.sizes.partial == 0);
    // LeNet-5: its largest neighbours are the first convolution's result and what max_pool makes of it.
    STATIC_REQUIRE(plan<lenet5, request{}>::data.sizes.per_sample
                   == 4 * (6 * 28 * 28 + padded_to(6 * 14 * 14, alignment_elements)));
}
