// The strict JSON of file headers, and UTF-8.
#include "files.hpp"
#include <strata/io/text/json.hpp>
#include <strata/io/text/utf8.hpp>

using strata::io::find_invalid_utf8;
using strata::io::json_reader;
using strata::io::json_string;
using strata_tests::says;

namespace {

std::string parsed(const std::string& json) {
    json_reader reader(json, "file", 8);
    std::string text = reader.string();
    REQUIRE(reader.at_end());
    CHECK(reader.wrong().empty());
    return text;
}
std::string refused_string(const std::string& json) {
    json_reader reader(json, "file", 8);
    (void)reader.string();
    CHECK(reader.at_end()); // what is wrong ends all loops over the text
    return reader.wrong();
}
std::string refused_integer(const std::string& json) {
    json_reader reader(json, "file", 8);
    CHECK(reader.integer() == 0);
    CHECK(reader.at_end());
    return reader.wrong();
}

} // namespace

TEST_CASE("JSON strings survive the way out and back", "[json]") {
    std::string all;
    for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
    for (const std::string& text : {std::string(), all, std::string("Gewicht \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80")})
        CHECK(parsed(json_string(text)) == text);
    CHECK(json_string("a\"b\\c\n") == R"("a\"b\\c\u000a")");
}

TEST_CASE("JSON escapes are read", "[json]") {
    CHECK(parsed(R"("\"\\\/\b\f\n\r\t")") == "\"\\/\b\f\n\r\t");
    CHECK(parsed(R"("\u0041\u00e4\u20AC\ud83d\ude00")") == "A\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
}

TEST_CASE("malformed JSON strings are refused where they go wrong", "[json]") {
    CHECK(says(refused_string("\"ab"), "file, byte 11:", "ends inside the string"));
    CHECK(says(refused_string("x"), "byte 8:", "expected '\"' and found 'x'"));
    CHECK(says(refused_string(""), "byte 8:", "found the end of the header"));
    CHECK(says(refused_string("\"a\nb\""), "byte 10:", "control character"));
    CHECK(says(refused_string(R"("\x41")"), "byte 10:", "unknown escape"));
    CHECK(says(refused_string(R"("\u12g4")"), "four hexadecimal digits"));
    CHECK(says(refused_string(R"("\ud800")"), "surrogate"));
    CHECK(says(refused_string(R"("\ud800\u0041")"), "surrogate"));
    CHECK(says(refused_string(R"("\udc00")"), "surrogate"));
    CHECK(says(refused_string("\"\xff\""), "byte 9:", "not UTF-8"));
}

TEST_CASE("the first thing wrong with a JSON text stays, and nothing after it is read", "[json]") {
    json_reader reader("{\"a\":[1,x,2],\"b\":[3]}", "file", 0);
    int members = 0, integers = 0;
    for (bool more = reader.open('{', '}'); more; more = reader.more('}')) {
        ++members;
        (void)reader.string();
        reader.expect(':');
        for (bool also = reader.open('[', ']'); also; also = reader.more(']')) ++integers, (void)reader.integer();
    }
    CHECK(members == 1);
    CHECK(integers == 2);
    reader.fail({"something else."});
    CHECK(says(reader.wrong(), "file, byte 8:", "expected a non-negative integer and found 'x'"));
}

TEST_CASE("JSON integers are strict", "[json]") {
    CHECK(json_reader(" 0 ", "file", 0).integer() == 0);
    CHECK(json_reader("9223372036854775807", "file", 0).integer() == 9223372036854775807LL);
    CHECK(says(refused_integer("9223372036854775808"), "too large"));
    CHECK(says(refused_integer("-1"), "byte 8:", "non-negative", "found '-'"));
    CHECK(says(refused_integer("01"), "byte 8:", "zero"));
    CHECK(says(refused_integer("1.0"), "byte 9:", "fraction"));
    CHECK(says(refused_integer("1e3"), "byte 9:", "fraction"));
    CHECK(says(refused_integer("true"), "found 't'"));
}

TEST_CASE("the strings of a JSON object are counted, whatever braces they hold", "[json]") {
    CHECK(json_reader(R"({"a":"}","b\"}":"\\"},"c":"d")", "file", 0).strings_ahead() == 4);
    CHECK(json_reader("{}\"\"", "file", 0).strings_ahead() == 0);
    CHECK(json_reader("\"\"\"\"\"\\", "file", 0).strings_ahead() == 2); // no object, and it ends
}

TEST_CASE("UTF-8 is told from what only looks like it", "[json]") {
    constexpr auto none = std::string_view::npos;
    // The first and the last of every length (RFC 3629).
    for (const char* good : {"", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                             "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        CHECK(find_invalid_utf8(good) == none);
    // A lone tail, overlong forms, surrogates, beyond U+10FFFF, cut short.
    for (const char* bad : {"a\x80", "a\xc0\x80", "a\xc1\xbf", "a\xe0\x9f\xbf", "a\xed\xa0\x80", "a\xf0\x8f\xbf\xbf",
                            "a\xf4\x90\x80\x80", "a\xf5\x80\x80\x80", "a\xc3", "a\xe2\x82", "a\xc3(", "a\xff"})
        CHECK(find_invalid_utf8(bad) == 1);
}
