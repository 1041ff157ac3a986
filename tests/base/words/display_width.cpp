/// Widths, cuts and padding of UTF-8 text, by the columns of a terminal.
#include "catch.hpp"

#include <strata/base/words/display_width.hpp>
#include <strata/base/words/text.hpp>

#include <string>

using namespace strata;
using namespace strata::core;

TEST_CASE("display_width: columns, not bytes", "[base]") {
    CHECK(display_width("") == 0);
    CHECK(display_width("abc") == 3);
    CHECK(display_width("größe") == 5);                      // two bytes, one column
    CHECK(display_width("o\u0308") == 1);                    // o and a combining diaeresis
    CHECK(display_width("漢字") == 4);                       // East Asian wide
    CHECK(display_width("\uff21") == 2);                     // a fullwidth A
    CHECK(display_width("\uff71") == 1);                     // a halfwidth katakana
    CHECK(display_width("\U0001f600") == 2);                 // a face
    CHECK(display_width("\u2764\ufe0f") == 2);               // a heart, drawn as an emoji
    CHECK(display_width("\U0001f44d\U0001f3fd") == 2);       // a thumb with a skin tone
    CHECK(display_width("\U0001f1e9\U0001f1ea") == 2);       // a flag of two letters
    CHECK(display_width("\U0001f469\u200d\U0001f467") == 2); // a family of two, joined
    CHECK(display_width("\u0e01\u0e33") == 2);               // Thai: sara am takes a column
    CHECK(display_width("a\u200bb") == 2);                   // a zero-width space
    CHECK(display_width("\u1112\u1161\u11ab") == 2);         // a Hangul syllable in three parts
}

TEST_CASE("display_width: each byte that is not UTF-8 is one column", "[base]") {
    CHECK(display_width("\xff\xfe") == 2);
    CHECK(display_width("a\xc3") == 2);            // ends within a character
    CHECK(display_width("\xc0\x80") == 2);         // overlong
    CHECK(display_width("\xed\xa0\x80") == 3);     // a surrogate
    CHECK(display_width("\xf4\x90\x80\x80") == 4); // above U+10FFFF
    CHECK(display_width("\xe2\x82"
                        "a")
          == 3);
}

TEST_CASE("cut_to_width: whole characters, with their accents", "[base]") {
    CHECK(cut_to_width("größe", 3) == "grö");
    CHECK(cut_to_width("größe", 2) == "gr");
    CHECK(cut_to_width("漢字", 3) == "漢"); // half a character is none
    CHECK(cut_to_width("漢字", 1).empty());
    CHECK(cut_to_width("o\u0308o\u0308", 1) == "o\u0308");
    CHECK(cut_to_width("\U0001f469\u200d\U0001f467x", 2) == "\U0001f469\u200d\U0001f467");
    CHECK(cut_to_width("\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", 2) == "\U0001f1e9\U0001f1ea");
    CHECK(cut_to_width("abc", 0).empty());
    CHECK(cut_to_width("abc", 9) == "abc");
}

TEST_CASE("shortened_to_width and padded_to_width", "[base]") {
    CHECK(shortened_to_width("größe", 5) == "größe");
    CHECK(shortened_to_width("größer", 5) == "gr...");
    CHECK(shortened_to_width("漢字漢字", 6) == "漢..."); // 5 columns: two would be 7
    CHECK(shortened_to_width("abcdef", 2) == "..");
    CHECK(padded_to_width("ö", 3) == "ö  ");
    CHECK(padded_to_width("漢", 3, true) == " 漢");
    CHECK(padded_to_width("long", 2) == "long");
}

TEST_CASE("text::shortened: not within a character, nor before its accents", "[base]") {
    const auto cut = [](const char* all, int longest) {
        const text t = text{}.add(all).shortened(longest);
        return std::string(t.begin(), t.end());
    };
    CHECK(cut("abcdefgh", 8) == "abcdefgh");
    CHECK(cut("abcdefghi", 8) == "abcde...");
    CHECK(cut("abcd\u00f6fghi", 8) == "abcd...");
    CHECK(cut("abcd\u00f6fghi", 9) == "abcd\u00f6...");
    CHECK(cut("ab漢字fghij", 9) == "ab漢...");
    CHECK(cut("ab漢字fghij", 10) == "ab漢...");
    CHECK(cut("abcdo\u0308fghi", 8) == "abcd...");
    static_assert(text{}.add("abcd\u00f6fghi").shortened(8).size() == 7);
}
