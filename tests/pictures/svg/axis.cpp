#include "catch.hpp"
#include <strata/pictures/svg/axis.hpp>
#include <strata/pictures/svg/text_width.hpp>
#include <utility>
#include <vector>

using namespace strata::pictures;

namespace {

using pairs = std::vector<std::pair<double, double>>;

axis linear(double low, double high, int count, bool whole = false) {
    axis a{low, high};
    add_linear_ticks(a, count, whole);
    return a;
}
axis logarithmic(double low, double high, int count) {
    axis a{low, high, true};
    add_log_ticks(a, count);
    return a;
}
std::string labels(const axis& a) {
    std::string all;
    for (const tick& t : a.ticks) all += (all.empty() ? "" : " ") + t.label;
    return all;
}

} // namespace

TEST_CASE("axis: ticks stand at 1, 2 and 5 times a power of ten", "[pictures]") {
    CHECK(labels(linear(0, 1, 5)) == "0 0.2 0.4 0.6 0.8 1");
    CHECK(labels(linear(0, 2.3, 5)) == "0 0.5 1 1.5 2");
    CHECK(labels(linear(0.98, 0.9912, 4)) == "0.98 0.982 0.984 0.986 0.988 0.99");
    CHECK(labels(linear(-3, 12, 4)) == "0 5 10");
    CHECK(labels(linear(1, 3, 8, true)) == "1 2 3"); // there is no epoch 1.5
    CHECK(labels(linear(0, 60000, 4)) == "0 20000 40000 60000");
}

TEST_CASE("axis: labels are short and agree with one another", "[pictures]") {
    CHECK(labels(linear(0, 2.4e6, 5)) == "0 5e5 1e6 1.5e6 2e6");
    CHECK(labels(linear(0, 5e-5, 3)) == "0 2e-5 4e-5");
    CHECK(labels(linear(-2e9, 1e9, 3)) == "\u22122e9 \u22121e9 0 1e9");
    CHECK(labels(linear(-0.5, 0.5, 2)) == "\u22120.5 0 0.5");
}

TEST_CASE("axis: a logarithmic one has powers of ten, or a few more where it is short", "[pictures]") {
    CHECK(labels(logarithmic(0.01, 100, 6)) == "0.01 0.1 1 10 100");
    CHECK(labels(logarithmic(0.03, 2.1, 6)) == "0.05 0.1 0.2 0.5 1 2");
    CHECK(labels(logarithmic(1e-9, 1, 4)) == "1e-9 1e-6 0.001 1");
    CHECK(labels(logarithmic(2.1, 4.4, 5)) == "2.5 3 3.5 4"); // not a decade
    const axis a = logarithmic(0.01, 100, 6);
    CHECK(a.place(0.01) == Approx(0).margin(1e-12));
    CHECK(a.place(1) == Approx(0.5));
    CHECK(a.place(100) == Approx(1));
    CHECK(a.minor.size() == 4 * 8); // between each two ticks 2, 3, ..., 9
}

TEST_CASE("axis: every range has some ticks within it, not too many", "[pictures]") {
    for (const double low : {-1e12, -7.7, -1e-7, 0.0, 1e-9, 0.3, 4e5})
        for (const double length : {1e-3, 0.7, 1.0, 3.3, 1e4, 9e11})
            for (int count = 2; count < 12; ++count) {
                if (length < std::fabs(low) * 1e-9) continue; // what axis_of takes for a single number
                const axis a = linear(low, low + length, count);
                INFO(low << " + " << length << ", " << count << ": " << labels(a));
                REQUIRE(a.ticks.size() >= 1);
                REQUIRE(a.ticks.size() <= 2U * static_cast<unsigned>(count) + 1);
                for (const tick& t : a.ticks)
                    REQUIRE((t.at >= low - length * 1e-6 && t.at <= low + length * (1 + 1e-6)));
            }
}

TEST_CASE("axis: a margin, but not across zero; a single number has room around it", "[pictures]") {
    number_range r;
    CHECK(r.empty());
    r.add(0), r.add(10), r.add(NAN), r.add(INFINITY);
    CHECK_FALSE(r.empty());
    CHECK(r.whole);
    axis a = axis_of(r, false, 0.1);
    CHECK(a.low == 0);
    CHECK(a.high == 11);
    number_range one;
    one.add(-3.5);
    CHECK_FALSE(one.whole);
    a = axis_of(one, false, 0.1);
    CHECK(a.low < -3.5);
    CHECK((a.high > -3.5 && a.high <= 0));
    number_range close; // closer than labels can tell
    close.add(1e12), close.add(1e12 + 0.1);
    CHECK(axis_of(close, false, 0.1).high - axis_of(close, false, 0.1).low > 1e11);
    number_range positive;
    positive.add(-1, true), positive.add(0, true), positive.add(4, true);
    CHECK(positive.low == 4);
    a = axis_of(positive, true, 0.1);
    CHECK((a.low > 0 && a.low < 4 && a.high > 4));
}

TEST_CASE("axis: the largest and the least numbers have places and ticks", "[pictures]") {
    for (const bool log : {false, true})
        for (const auto& [low, high] : pairs{{1e-200, 1e200}, {1e-299, 9e299}, {8e299, 9e299}, {2e-300, 3e-300}}) {
            number_range r;
            r.add(low, log), r.add(high, log);
            axis a = axis_of(r, log, 0.05);
            log ? add_log_ticks(a, 6) : add_linear_ticks(a, 6, false);
            INFO(low << " to " << high << ", " << log << ": " << labels(a));
            CHECK((a.low >= 0 && a.low <= low && a.high >= high && std::isfinite(a.high)));
            CHECK((a.place(low) >= 0 && a.place(low) < a.place(high) && a.place(high) <= 1));
            CHECK((a.ticks.size() >= 1 && a.ticks.size() <= 13));
            for (const tick& t : a.ticks) CHECK((t.at >= a.low * (1 - 1e-6) && t.at <= a.high * (1 + 1e-6)));
        }
    CHECK(labels(logarithmic(1e-200, 1e200, 4)) == "1e-200 1e-100 1 1e100 1e200");
}

TEST_CASE("axis: what is too close for the distance of ticks is a single number", "[pictures]") {
    for (const auto& [low, high] : pairs{{0.0, 5e-324}, {1e-322, 2e-322}, {-1e-310, 1e-310}}) {
        number_range r;
        r.add(low), r.add(high);
        CHECK(r.single());
        axis a = axis_of(r, false, 0.05);
        CHECK((a.low <= 0 && a.high >= 1));
        add_linear_ticks(a, 5, false);
        CHECK(a.ticks.size() >= 2);
    }
}

TEST_CASE("text_width: cuts and breaks what does not fit, whole characters", "[pictures]") {
    CHECK(text_width("", 12) == 0);
    CHECK(text_width("iii", 10) < text_width("mmm", 10));
    CHECK(text_width("\u00e9", 10) == text_width("e", 10)); // one letter, two bytes
    CHECK(fitted("short", 10, 100) == "short");
    const std::string cut = fitted("na\u00efve na\u00efve na\u00efve", 10, 40);
    CHECK(text_width(cut, 10) <= 40);
    CHECK(cut.size() > 6);
    CHECK(strata::io::find_invalid_utf8(cut) == std::string::npos);
    CHECK(cut.substr(cut.size() - 3) == "\u2026");
    for (int room = 1; room < 200; ++room)
        CHECK(strata::io::find_invalid_utf8(fitted("\u00e9\u20ac\U0001F600 end", 10, room)) == std::string::npos);
    const auto lines = wrapped("one two three\nfour", 10, text_width("one two", 10));
    CHECK(lines == std::vector<std::string>{"one two", "three", "four"});
    CHECK(wrapped("", 10, 50).empty());
}

TEST_CASE("text_width: accents take no room, wide characters take two letters' room", "[pictures]") {
    CHECK(text_width("o\u0308", 10) == text_width("o", 10));
    CHECK(text_width("\u6f22", 10) > 1.5 * text_width("o", 10));
    CHECK(text_width("\U0001f469\u200d\U0001f467", 10) == text_width("\U0001f469", 10)); // one picture
    const double room = text_width("abcde", 10);
    CHECK(fitted("o\u0308o\u0308o\u0308o\u0308o\u0308", 10, room) == "o\u0308o\u0308o\u0308o\u0308o\u0308");
    const std::string cut = fitted("o\u0308o\u0308o\u0308o\u0308o\u0308o\u0308", 10, room);
    CHECK(cut == "o\u0308o\u0308o\u0308\u2026"); // never a letter without its accent
    CHECK(fitted("a\xff\xff\xff\xff\xff\xff\xff", 10, 30).size() < 8);
}

TEST_CASE("wrapped: a word that is too long goes on in the next line, and nothing is lost", "[pictures]") {
    const double room = text_width("abcabc", 10);
    CHECK(wrapped("abcabcabcabc x", 10, room) == std::vector<std::string>{"abcabc", "abcabc", "x"});
    CHECK(wrapped("a abcabcabcabc", 10, room) == std::vector<std::string>{"a", "abcabc", "abcabc"});
    CHECK(wrapped("\u6f22\u5b57\u6f22\u5b57\u6f22", 10, 23)
          == std::vector<std::string>{"\u6f22\u5b57", "\u6f22\u5b57", "\u6f22"});
    CHECK(wrapped("o\u0308o\u0308", 10, 1) == std::vector<std::string>{"o\u0308", "o\u0308"});
    CHECK(wrapped("one two three four", 10, room, 2) == std::vector<std::string>{"one", "two\u2026"});
    CHECK(wrapped("one two", 10, room, 2) == std::vector<std::string>{"one", "two"});
}
