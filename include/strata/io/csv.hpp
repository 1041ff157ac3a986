#pragma once
#include <charconv>
#include <cstddef>
#include <initializer_list>
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace strata::inline v0_1::io {

/// A text as a field of a CSV file: in quotes where it needs them.
[[nodiscard, gnu::cold]] inline std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted += '"';
}

/// The shortest decimal that reads back to the same double, whatever the locale; "nan", "inf" and "-inf".
[[nodiscard, gnu::cold]] inline std::string csv_field(double number) {
    if (number != number) return "nan"; // a sign of its own, it has none to tell
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

/// csv_reader — walks through a CSV text, which must outlive it, line by line. A field in quotes may hold
/// commas, line breaks and, doubled, quotes. Lines end in CR LF, LF or the end of the text; a byte order mark
/// before them is skipped.
///
/// Errors   file_error, naming the source, the line and the field in it
/// Source   RFC 4180
///
/// A template, of nothing, so that a program that reads no CSV need not compile it.
template <class = void> class csv_reader {
  public:
    /// `source` names the text in messages, as its path does.
    csv_reader(std::string_view text, std::string source) : text_(text), source_(std::move(source)) {
        if (text_.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;
    }

    /// Goes to the next line: whether there is one.
    [[nodiscard, gnu::cold]] bool next() {
        line_ = next_line_;
        fields_.clear();
        if (at_ == text_.size()) return false;
        do fields_.push_back(field());
        while (take(','));
        if (at_ < text_.size() && !take('\n')) {
            if (!take('\r') || !take('\n'))
                fail(fields_.size() - 1, {"something follows the closing quote, or a carriage return stands "
                                          "alone; put such a field in quotes, quotes in it doubled."});
        }
        ++next_line_;
        return true;
    }
    [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }

    /// A field of the current line as a number: "nan" and "inf" are some.
    [[nodiscard, gnu::cold]] double number(std::size_t i) const { return parsed<double>(i, "a number"); }
    [[nodiscard, gnu::cold]] int integer(std::size_t i) const { return parsed<int>(i, "an integer"); }

    /// Reports what is wrong with a field, counted from 0, of the current line.
    [[noreturn, gnu::cold]] void fail(std::size_t i, std::initializer_list<word> why) const {
        raise<file_error>(
            sentence({"strata: ", source_, ", line ", line_, ", field ", i + 1, ": ", sentence(why)}));
    }
    [[noreturn, gnu::cold]] void fail(std::initializer_list<word> why) const {
        raise<file_error>(sentence({"strata: ", source_, ", line ", line_, ": ", sentence(why)}));
    }

  private:
    template <class Number> Number parsed(std::size_t i, const char* what) const {
        const std::string& text = fields_[i];
        Number value{};
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (problem == std::errc::result_out_of_range) fail(i, {"'", text, "' is out of range."});
        if (problem != std::errc{} || end != text.data() + text.size())
            fail(i, {"'", text, "' is not ", what, ". Numbers have a decimal point and no blanks."});
        return value;
    }
    bool take(char c) {
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    [[gnu::cold]] std::string field() {
        std::string result;
        if (!take('"')) {
            const std::size_t end = text_.find_first_of(",\r\n", at_);
            result = text_.substr(at_, end == std::string_view::npos ? end : end - at_);
            at_ += result.size();
            if (result.find('"') != std::string::npos)
                fail(fields_.size(), {"a quote stands in a field without quotes; put the field in quotes, "
                                      "quotes in it doubled."});
            return result;
        }
        for (;;) {
            if (at_ == text_.size()) fail(fields_.size(), {"the text ends before the closing quote."});
            const char c = text_[at_++];
            if (c == '"' && !take('"')) return result;
            next_line_ += c == '\n';
            result += c;
        }
    }

    std::string_view text_;
    std::string source_;
    std::vector<std::string> fields_;
    std::size_t at_ = 0;
    int line_ = 1, next_line_ = 1;
};

} // namespace strata::inline v0_1::io
