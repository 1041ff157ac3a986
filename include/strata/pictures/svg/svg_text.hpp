#pragma once
#include <charconv>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <strata/base/words/sentence.hpp>
#include <strata/io/text/utf8.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace strata::inline STRATA_ABI::pictures {

/// A text for XML and HTML: escaped; what XML cannot hold (control characters, U+FFFE, U+FFFF, bytes that are
/// not UTF-8) becomes U+FFFD.
/// Source   Extensible Markup Language (XML) 1.0, fifth edition, W3C 2008, 2.2 (Char)
[[nodiscard, gnu::cold]] inline std::string escaped(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t bad = io::find_invalid_utf8(text);
        const std::string_view good = text.substr(0, bad);
        for (std::size_t i = 0; i < good.size(); ++i) {
            const char c = good[i];
            const auto code = static_cast<unsigned char>(c);
            if (c == '&') result += "&amp;";
            else if (c == '<') result += "&lt;";
            else if (c == '>') result += "&gt;";
            else if (c == '"') result += "&quot;";
            else if (code < 0x20 && c != '\n' && c != '\t') result += "\xef\xbf\xbd";
            else if (const auto three = good.substr(i, 3); three == "\xef\xbf\xbe" || three == "\xef\xbf\xbf")
                result += "\xef\xbf\xbd", i += 2;
            else result += c;
        }
        if (bad == std::string_view::npos) break;
        result += "\xef\xbf\xbd";
        text.remove_prefix(bad + 1);
    }
    return result;
}

/// The number with at most `decimals` decimals and no zeros behind them, whatever the locale; 0 has no sign.
[[nodiscard, gnu::cold]] inline std::string decimal(double x, int decimals = 2) {
    char digits[400]; // the largest double has 309 digits
    const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, x, std::chars_format::fixed, decimals);
    std::string_view text(digits, static_cast<std::size_t>(end - digits));
    if (decimals > 0 && text.find('.') != std::string_view::npos) {
        while (text.back() == '0') text.remove_suffix(1);
        if (text.back() == '.') text.remove_suffix(1);
    }
    return std::string(text == "-0" ? "0" : text);
}

/// svg_text — an SVG picture as text, element by element. Colours stand in attributes and parts have classes
/// (paper, ink, faint, wrong), so that a page may restyle them: a style sheet's rules go before attributes. There
/// are no ids: several pictures may stand in one page. Source   Scalable Vector Graphics (SVG) 1.1, second
/// edition, W3C 2011
class svg_text {
  public:
    struct attribute {
        const char* name;
        std::string value;
        attribute(const char* n, double number) : name(n), value(decimal(number)) {}
        attribute(const char* n, int number) : name(n), value(decimal(number)) {}
        attribute(const char* n, std::string_view text) : name(n), value(escaped(text)) {}
        attribute(const char* n, const char* text) : attribute(n, std::string_view(text)) {}
        attribute(const char* n, const std::string& text) : attribute(n, std::string_view(text)) {}
    };
    using attributes = std::initializer_list<attribute>;

    /// `name` is what the picture is called where it cannot be seen.
    [[gnu::cold]] svg_text(double width, double height, std::string_view name) {
        open("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                     {"xmlns:xlink", "http://www.w3.org/1999/xlink"},
                     {"width", width},
                     {"height", height},
                     {"viewBox", sentence({"0 0 ", decimal(width), " ", decimal(height)})},
                     {"font-family", "Helvetica, Arial, 'DejaVu Sans', sans-serif"},
                     {"role", "img"},
                     {"aria-label", name}});
        element("rect", {{"class", "paper"}, {"width", width}, {"height", height}, {"fill", paper}});
    }

    [[gnu::cold]] void element(const char* name, attributes all) { begin(name, all), text_ += "/>\n"; }
    [[gnu::cold]] void open(const char* name, attributes all) { begin(name, all), text_ += ">\n"; }
    [[gnu::cold]] void close(const char* name) { text_ += sentence({"</", name, ">\n"}); }
    [[gnu::cold]] void words(std::string_view text, double size, attributes all) {
        begin("text", all);
        text_ += sentence(
            {" class=\"ink\" fill=\"", ink, "\" font-size=\"", decimal(size), "\">", escaped(text), "</text>\n"});
    }
    /// Words about what is wrong.
    [[gnu::cold]] void wrong_words(std::string_view text, double size, attributes all) {
        begin("text", all);
        text_ += sentence({" class=\"wrong\" fill=\"", wrong, "\" font-weight=\"bold\" font-size=\"", decimal(size),
                           "\">", escaped(text), "</text>\n"});
    }
    /// Words whose ground, and so whose colour, is no theme's.
    [[gnu::cold]] void fixed_words(std::string_view text, attributes all) {
        begin("text", all);
        text_ += sentence({">", escaped(text), "</text>\n"});
    }
    [[gnu::cold]] void line(double x1, double y1, double x2, double y2, const char* kind, const char* colour) {
        element("line", {{"class", kind}, {"x1", x1}, {"y1", y1}, {"x2", x2}, {"y2", y2}, {"stroke", colour}});
    }

    [[gnu::cold]] void image(double x, double y, double width, double height, const std::string& address) {
        element("image", {{"x", x},
                          {"y", y},
                          {"width", width},
                          {"height", height},
                          {"preserveAspectRatio", "none"},
                          {"style", "image-rendering:pixelated"},
                          {"xlink:href", address}});
    }

    /// The whole picture.
    [[nodiscard, gnu::cold]] std::string finish() { return close("svg"), std::move(text_); }

    static constexpr const char *paper = "#ffffff", *ink = "#24292f", *faint = "#d8dee4", *axis = "#57606a";
    static constexpr const char* wrong = "#b3261e"; ///< in the dark, see report: a paler red

  private:
    [[gnu::cold]] void begin(const char* name, attributes all) {
        text_ += sentence({"<", name});
        for (const attribute& a : all) text_ += sentence({" ", a.name, "=\"", a.value, "\""});
    }
    std::string text_;
};

} // namespace strata::inline STRATA_ABI::pictures
