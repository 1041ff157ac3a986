/// letters_apart by hand.
#include "catch.hpp"

#include <strata/base/words/near_text.hpp>

using strata::core::letters_apart;

TEST_CASE("letters_apart counts letters that are put in, left out or changed") {
    STATIC_REQUIRE(letters_apart("head", "head", 3) == 0);
    STATIC_REQUIRE(letters_apart("head", "heed", 3) == 1);
    STATIC_REQUIRE(letters_apart("backbon", "backbone", 3) == 1);
    STATIC_REQUIRE(letters_apart("backbone", "backbon", 1) == 1);
    STATIC_REQUIRE(letters_apart("haed", "head", 3) == 2);
    STATIC_REQUIRE(letters_apart("kitten", "sitting", 3) == 3);
    STATIC_REQUIRE(letters_apart("", "ab", 3) == 2);
    STATIC_REQUIRE(letters_apart("", "", 3) == 0);
}

TEST_CASE("letters_apart gives one more than the most where it is more, whatever the lengths") {
    STATIC_REQUIRE(letters_apart("kitten", "sitting", 2) == 3);
    STATIC_REQUIRE(letters_apart("stem", "head", 2) == 3);
    STATIC_REQUIRE(letters_apart("a", "abcdef", 2) == 3);
    STATIC_REQUIRE(letters_apart("abcdef", "", 3) == 4);
    STATIC_REQUIRE(letters_apart("head", "heed", 0) == 1);
    // Of the table only a band is looked at; here the way leads along its border.
    STATIC_REQUIRE(letters_apart("abcdefgh", "cdefghab", 4) == 4);
    STATIC_REQUIRE(letters_apart("xyabcdef", "abcdef", 2) == 2);
    STATIC_REQUIRE(letters_apart("abcdef", "abcdefxy", 2) == 2);
}
