// Records of comma-separated values from memory; from files, and everything that RFC 4180 allows, in
// data/csv.cpp.
#include "files.hpp"
#include <strata/io/text/csv_records.hpp>
#include <strata/io/text/text_source.hpp>

using namespace strata_tests;
using csv_text = strata::io::csv_records<strata::io::text_source>;

TEST_CASE("csv: a message counts lines as an editor does", "[io]") {
    csv_text csv("a,b\n\"1\n2\",3\n4,x\n", "a text");
    REQUIRE((csv.next() && csv.next() && csv.next()));
    CHECK(csv.integer(0) == 4);
    CHECK(says(message_of<strata::file_error>([&] { (void)csv.number(1); }), "a text, line 4, column 2", "'x'"));
}

TEST_CASE("csv: what one line may hold is bounded", "[io]") {
    const auto refused = [](const std::string& text) {
        csv_text csv(text, "a text");
        return message_of<strata::file_error>([&] {
            while (csv.next()) {
            }
        });
    };
    const std::string columns(1'000'000, ',');
    CHECK(says(refused(columns), "line 1, column 65537", "more than 65536 fields"));
    CHECK(says(refused("a\n\"" + std::string(17 << 20, 'x')), "line 2, column 1", "more than 16777216 bytes"));
    const std::string message = refused("a,b\n1," + std::string(1000, 'x') + ",3\n");
    CHECK(says(message, "line 2, column 3", "3 fields"));
    const std::string digits = "1" + std::string(1'000'000, 'x');
    csv_text words(digits, "a text");
    REQUIRE(words.next());
    CHECK(message_of<strata::file_error>([&] { (void)words.number(0); }).size() < 200); // a text is not quoted whole
}
