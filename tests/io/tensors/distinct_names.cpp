// distinct_names: whether a name is new, as std::set says it.
#include "catch.hpp"
#include <strata/io/tensors/distinct_names.hpp>

#include <set>

TEST_CASE("distinct_names: each name is new once, in whatever order they come") {
    strata::io::detail::distinct_names<> names;
    std::set<std::string> expected;
    unsigned random = 1;
    int repeated = 0;
    for (int i = 0; i < 3000; ++i) {
        random = random * 1664525u + 1013904223u;
        const std::string name = "layer." + std::to_string((random >> 16) % 2000);
        const bool is_new = expected.insert(name).second;
        repeated += is_new ? 0 : 1;
        REQUIRE(names.insert(name) == is_new);
    }
    CHECK(names.size() == expected.size());
    CHECK(repeated > 500);
    CHECK(names.insert(""));
    CHECK_FALSE(names.insert(""));
}
