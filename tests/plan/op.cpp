#include "catch.hpp"

#include <strata/plan/op.hpp>

using strata::core::op, strata::core::op_named;

TEST_CASE("op_named is FNV-1a with 32 bits", "[plan]") {
    // the test vectors of draft-eastlake-fnv
    STATIC_REQUIRE(op_named("") == op{0x811c9dc5});
    STATIC_REQUIRE(op_named("a") == op{0xe40c292c});
    STATIC_REQUIRE(op_named("foobar") == op{0xbf9cf968});
}
