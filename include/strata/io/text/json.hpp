#pragma once
#include <cstddef>
#include <cstdint>
#include <strata/base/words/sentence.hpp>
#include <strata/io/open_file.hpp>
#include <strata/io/text/utf8.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace strata::inline STRATA_ABI::io {

/// A text as a JSON string, quotes included. The text must be UTF-8.
[[nodiscard, gnu::cold]] inline std::string json_string(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        constexpr const char* hex = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (byte < 0x20) {
            quoted += "\\u00";
            quoted += hex[byte >> 4];
            quoted += hex[byte & 15];
        } else {
            quoted += c;
        }
    }
    return quoted += '"';
}

/// json_reader — walks through a JSON text from left to right, the caller saying what comes next. It knows
/// objects, arrays, strings and non-negative integers: all that a safetensors header may hold. (A general
/// JSON library would cost every program that saves a model more compile time than the rest of this file
/// format together.) Without recursion, so that no nesting can exhaust the stack.
///
/// Errors   kept: the first one is wrong(), which names the file and the byte in it. From then on the text counts as
///          read to its end, so that loops over it end by themselves and no exception is needed.
/// Source   RFC 8259; strict: no comments, no trailing commas, no lone surrogates
class json_reader {
  public:
    /// The text begins at byte `offset` of the file at `path`, which only messages use.
    json_reader(std::string_view text, std::string path, std::size_t offset)
        : text_(text), path_(std::move(path)), offset_(offset) {
        if (const std::size_t bad = find_invalid_utf8(text_); bad != std::string_view::npos) {
            at_ = bad;
            fail({"the text is not UTF-8."});
        }
    }

    /// What is wrong with the text so far; empty: nothing.
    [[nodiscard]] const std::string& wrong() const { return wrong_; }
    /// Where the next token begins, as a byte of the file.
    [[nodiscard]] std::size_t position() {
        skip_blanks();
        return offset_ + at_;
    }
    [[nodiscard]] bool at_end() {
        skip_blanks();
        return at_ == text_.size();
    }
    /// Takes the character if it comes next.
    [[nodiscard, gnu::cold]] bool accept(char c) {
        skip_blanks();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    [[gnu::cold]] void expect(char c) {
        if (!accept(c)) fail({"expected '", std::string_view(&c, 1), "' ", found()});
    }

    /// Goes into an object or array: whether it has a first member.
    [[nodiscard]] bool open(char opening, char closing) {
        expect(opening);
        return wrong_.empty() && !accept(closing);
    }
    /// After a member: whether another follows.
    [[nodiscard]] bool more(char closing) {
        if (accept(',')) return true;
        expect(closing);
        return false;
    }

    [[nodiscard, gnu::cold]] std::string string() {
        expect('"');
        std::string result;
        for (;;) {
            const char c = next("the string");
            if (c == '"' || !wrong_.empty()) return result;
            if (static_cast<unsigned char>(c) < 0x20)
                return back(), fail({"a string holds an unescaped control character."}), result;
            if (c == '\\') escape(result);
            else result += c;
        }
    }

    /// How many strings stand before the next closing brace that is in none of them: what to take memory for.
    [[nodiscard, gnu::cold]] std::size_t strings_ahead() const {
        std::size_t quotes = 0;
        for (std::size_t i = at_; i < text_.size() && (text_[i] != '}' || quotes % 2 == 1); ++i)
            if (text_[i] == '"') ++quotes;
            else if (text_[i] == '\\') ++i;
        return quotes / 2;
    }

    /// A non-negative integer below 2^63, without sign, fraction or exponent.
    [[nodiscard, gnu::cold]] long long integer() {
        skip_blanks();
        const auto digit = [&] { return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; };
        if (!digit()) return fail({"expected a non-negative integer ", found()}), 0;
        const std::size_t begin = at_;
        long long value = 0;
        for (; digit(); ++at_)
            if (__builtin_mul_overflow(value, 10LL, &value) || __builtin_add_overflow(value, text_[at_] - '0', &value))
                return fail({"a number is too large."}), 0;
        if (text_[begin] == '0' && at_ - begin > 1) return at_ = begin, fail({"a number begins with a zero."}), 0;
        if (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == 'e' || text_[at_] == 'E'))
            return fail({"expected an integer, not a fraction."}), 0;
        return value;
    }

    /// Records that the text is wrong here, or at a byte of the file.
    [[gnu::cold]] void fail(std::initializer_list<sentence_part> why) { fail(offset_ + at_, why); }
    [[gnu::cold]] void fail(std::size_t position, std::initializer_list<sentence_part> why) {
        if (!wrong_.empty()) return;
        wrong_ = file_fault(path_, position, why);
        at_ = text_.size();
    }

  private:
    void skip_blanks() {
        while (at_ < text_.size()
               && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
            ++at_;
    }
    [[nodiscard, gnu::cold]] std::string found() const {
        if (at_ == text_.size()) return "and found the end of the header.";
        const auto byte = static_cast<unsigned char>(text_[at_]);
        if (byte > 0x20 && byte < 0x7f) return sentence({"and found '", text_.substr(at_, 1), "'."});
        return sentence({"and found the byte ", byte, "."});
    }
    char next(const char* inside) {
        if (at_ < text_.size()) return text_[at_++];
        fail({"the header ends inside ", inside, "."});
        return 0;
    }
    void back() {
        if (wrong_.empty()) --at_;
    }

    [[gnu::cold]] void escape(std::string& result) {
        const char c = next("an escape");
        switch (c) {
        case '"':
        case '\\':
        case '/': result += c; return;
        case 'b': result += '\b'; return;
        case 'f': result += '\f'; return;
        case 'n': result += '\n'; return;
        case 'r': result += '\r'; return;
        case 't': result += '\t'; return;
        case 'u': break;
        default: back(); return fail({"a string holds an unknown escape."});
        }
        std::uint32_t code = hex();
        if (code >= 0xd800 && code < 0xdc00) {
            if (next("an escape") != '\\' || next("an escape") != 'u')
                return back(), fail({"a string holds half of a surrogate pair."});
            const std::uint32_t low = hex();
            if (low < 0xdc00 || low > 0xdfff) return fail({"a string holds half of a surrogate pair."});
            code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
        } else if (code >= 0xdc00 && code < 0xe000) {
            return fail({"a string holds half of a surrogate pair."});
        }
        append_utf8(result, code);
    }
    [[gnu::cold]] std::uint32_t hex() {
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = next("an escape");
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) return back(), fail({"\\u takes four hexadecimal digits."}), 0;
            value = value << 4 | static_cast<std::uint32_t>(digit);
        }
        return value;
    }

    std::string_view text_;
    std::string path_;
    std::size_t offset_;
    std::size_t at_ = 0;
    std::string wrong_;
};

} // namespace strata::inline STRATA_ABI::io
