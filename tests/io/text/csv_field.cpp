// Fields of CSV files, written and read back.
#include "catch.hpp"
#include <cmath>
#include <strata/io/text/csv_field.hpp>
#include <strata/io/text/csv_records.hpp>
#include <strata/io/text/text_source.hpp>

using strata::io::csv_field;

namespace {
using csv_text = strata::io::csv_records<strata::io::text_source>;
} // namespace

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
    csv_text csv(text, "a text");
    for (int i = 0; i < 3; ++i) {
        REQUIRE(csv.next());
        REQUIRE(csv.fields() == texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) CHECK(csv.field(i) == texts[i]);
    }
    CHECK_FALSE(csv.next());
}

TEST_CASE("csv: numbers read back to the same double", "[io]") {
    for (const double x : {0.1, 1.0 / 3, -1e300 / 7, 5e-324, 1.7976931348623157e308, HUGE_VAL, -0.0}) {
        const std::string text = csv_field(x);
        csv_text csv(text, "a text");
        REQUIRE(csv.next());
        CHECK(csv.number(0) == x);
        CHECK(std::signbit(csv.number(0)) == std::signbit(x));
    }
}
