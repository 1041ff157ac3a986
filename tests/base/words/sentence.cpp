// Messages put together at run time.
#include "catch.hpp"
#include <limits>
#include <strata/base/words/sentence.hpp>

TEST_CASE("a sentence joins texts and integers", "[sentence]") {
    const std::string name = "a";
    CHECK(strata::sentence({"tensor '", name, "' needs ", 8, " bytes, ", std::string_view("not -"), -3, 0u})
          == "tensor 'a' needs 8 bytes, not --30");
    CHECK(strata::sentence({std::numeric_limits<long long>::min(), " ", ~0ULL})
          == "-9223372036854775808 18446744073709551615");
    CHECK(strata::sentence({}).empty());
}
