#include "../xml.hpp"
#include <locale>
#include <strata/pictures/svg/palette.hpp>
#include <strata/pictures/svg/svg_text.hpp>

using namespace strata::pictures;
using namespace strata_tests;

TEST_CASE("svg_text: text is escaped, and what XML cannot hold is replaced", "[pictures]") {
    CHECK(escaped("a < b & c > \"d\"") == "a &lt; b &amp; c &gt; &quot;d&quot;");
    CHECK(escaped("caf\u00e9 \u4e2d\n") == "caf\u00e9 \u4e2d\n");
    CHECK(escaped(std::string("\x01\0", 2)) == "\ufffd\ufffd");
    CHECK(escaped("a\xff"
                  "b\xc3")
          == "a\ufffd"
             "b\ufffd");
    // UTF-8, and still no characters of XML; their neighbours are.
    CHECK(escaped("a\xef\xbf\xbe"
                  "b\xef\xbf\xbf")
          == "a\ufffd"
             "b\ufffd");
    CHECK(escaped("\ufffc\ufffd\uffbe\U0001fffd") == "\ufffc\ufffd\uffbe\U0001fffd");
    svg_text svg(100, 50, "<&\"");
    svg.words("</text>&", 12, {{"x", 1.5}});
    const auto all = read_xml(svg.finish());
    CHECK(all[0].name == "svg");
    CHECK(all[0].at("viewBox") == "0 0 100 50");
    CHECK(all[0].at("aria-label") == "&lt;&amp;&quot;");
    CHECK(named(all, "text")[0].text == "&lt;/text&gt;&amp;");
}

TEST_CASE("svg_text: numbers are short", "[pictures]") {
    CHECK(decimal(0) == "0");
    CHECK(decimal(-0.001) == "0");
    CHECK(decimal(1.5) == "1.5");
    CHECK(decimal(1.239) == "1.24");
    CHECK(decimal(100) == "100");
    CHECK(decimal(100, 0) == "100");
    CHECK(decimal(-12.30) == "-12.3");
    CHECK(decimal(1e300).size() == 301);
}

TEST_CASE("palette: mixtures and their names", "[pictures]") {
    CHECK(hexadecimal(mixed({0, 0, 0}, {255, 255, 255}, 0)) == "#000000");
    CHECK(hexadecimal(mixed({0, 0, 0}, {255, 255, 255}, 1)) == "#ffffff");
    CHECK(hexadecimal(mixed({0, 100, 200}, {100, 0, 200}, 0.5)) == "#3232c8");
    for (std::size_t i = 0; i < palette_size; ++i) CHECK(hexadecimal(palette_colours[i]) == palette_names[i]);
}
