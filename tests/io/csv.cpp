#include "catch.hpp"
#include "files.hpp"
#include <cmath>
#include <strata/io/csv.hpp>

using namespace strata_tests;
using strata::io::csv_field, strata::io::csv_reader;

TEST_CASE("csv: a field stands in quotes where it needs them", "[io]") {
    CHECK(csv_field("plain text") == "plain text");
    CHECK(csv_field("") == "");
    CHECK(csv_field("a,b") == "\"a,b\"");
    CHECK(csv_field("say \"a\"") == "\"say \"\"a\"\"\"");
    CHECK(csv_field("two\nlines") == "\"two\nlines\"");
    CHECK(csv_field("a\rb") == "\"a\rb\"");
    CHECK(csv_field(-std::nan("")) == "nan");
    CHECK(csv_field(-HUGE_VAL) == "-inf");
    CHECK(csv_field(0.1) == "0.1");
}

TEST_CASE("csv: what is written in fields is read back", "[io]") {
    const std::vector<std::string> texts{"plain", "a,b", "\"", "\r\n", "", "\xc3\xa9"};
    std::string line;
    for (const auto& t : texts) line += (line.empty() ? "" : ",") + csv_field(t);
    const std::string text = line + "\r\n" + line + "\n" + line;
    csv_reader csv(text, "a text");
    for (int i = 0; i < 3; ++i) {
        REQUIRE(csv.next());
        CHECK(csv.fields() == texts);
    }
    CHECK_FALSE(csv.next());
}

TEST_CASE("csv: numbers read back to the same double", "[io]") {
    for (const double x : {0.1, 1.0 / 3, -1e300 / 7, 5e-324, 1.7976931348623157e308, HUGE_VAL, -0.0}) {
        const std::string text = csv_field(x);
        csv_reader csv(text, "a text");
        REQUIRE(csv.next());
        CHECK(csv.number(0) == x);
        CHECK(std::signbit(csv.number(0)) == std::signbit(x));
    }
}

TEST_CASE("csv: a message counts lines as an editor does", "[io]") {
    csv_reader csv("a,b\n\"1\n2\",3\n4,x\n", "a text");
    REQUIRE((csv.next() && csv.next() && csv.next()));
    CHECK(csv.integer(0) == 4);
    CHECK(
        says(message_of<strata::file_error>([&] { (void)csv.number(1); }), "a text, line 4, field 2", "'x'"));
}
