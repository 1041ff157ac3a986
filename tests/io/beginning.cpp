/// What messages show of a text from a file.
#include "catch.hpp"

#include <strata/io/beginning.hpp>
#include <strata/io/text/utf8.hpp>

#include <string>

using strata::io::beginning;

namespace {
std::string times(int n, const std::string& part) {
    std::string all;
    for (int i = 0; i < n; ++i) all += part;
    return all;
}
} // namespace

TEST_CASE("beginning: 40 columns of whole characters", "[io]") {
    CHECK(beginning("short") == "short");
    CHECK(beginning(times(40, "a")) == times(40, "a"));
    CHECK(beginning(times(41, "a")) == times(40, "a") + "...");
    CHECK(beginning(times(40, "ö")) == times(40, "ö")); // 80 bytes
    CHECK(beginning(times(41, "ö")) == times(40, "ö") + "...");
    CHECK(beginning(times(21, "漢")) == times(20, "漢") + "...");
    CHECK(beginning(times(39, "a") + "o\u0308x") == times(39, "a") + "o\u0308...");
    CHECK(beginning("a" + times(1000, "\u0308")) == "..."); // one letter of 2001 bytes
}

TEST_CASE("beginning: controls are blanks, and what is not UTF-8 is replaced", "[io]") {
    CHECK(beginning("a\tb\nc\x7f") == "a b c ");
    CHECK(beginning("a\u0085b\u009b") == "a b "); // C1 controls, which terminals obey
    CHECK(beginning("\x1b[31mred") == " [31mred");
    CHECK(beginning("a\xff"
                    "b\xc3")
          == "a\ufffdb\ufffd");
    CHECK(beginning(times(100, "\x80")) == times(40, "\ufffd") + "...");
    CHECK(strata::io::find_invalid_utf8(beginning(times(30, "ab\xe2\x82"))) == std::string::npos);
}
