#pragma once
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/beginning.hpp>
#include <strata/io/text/utf8.hpp>

#include <charconv>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::io {

/// csv_records<Source> — the records of comma-separated values, one at a time: lines that end in LF or CRLF,
/// fields that may be quoted, quotes doubled in them, lines broken in them. A byte order mark is skipped, and
/// blank lines at the end are. All records have as many fields as the first. It keeps one record, of at most
/// 65,536 fields and 16 MiB.
///
///   for (csv_records<unpacked_file> r(path, path); r.next();) use(r.field(0));
///
/// A source has `read(into, n)`, which gives the number of bytes that came, fewer than n only at the end:
/// unpacked_file, or text_source where the text is in memory.
///
/// Errors   file_error, naming the source, line and column: a record of another length or beyond the limits,
///          a blank line in between, a quote that does not close or stands in the middle, a lone carriage
///          return, text that is not UTF-8; and what the source says
/// Source   RFC 4180
template <class Source>
class csv_records {
  public:
    static constexpr std::size_t most_fields = 65'536, most_bytes = std::size_t{16} << 20;

    /// `source` is what a Source is made from; `name` stands for it in messages, as its path does. A source that begins
    /// `within` a file, on line `first_line`, has no byte order mark; it is read in pieces of `piece` bytes.
    template <class Made>
    [[gnu::cold]] csv_records(Made&& source, std::string name, char separator = ',', unsigned long long first_line = 1,
                              std::size_t piece = 1 << 16, bool within = false)
        : source_(std::forward<Made>(source)), name_(std::move(name)), separator_(separator), buffer_(piece),
          line_(first_line), begun_(first_line) {
        if (separator_ == '"' || separator_ == '\n' || separator_ == '\r')
            raise<file_error>(sentence({"strata: the separator given for ", name_,
                                        " is a quote or a line break. Use the character between two fields."}));
        (void)look(); // the first piece
        if (!within && filled_ >= 3 && buffer_[0] == 0xef && buffer_[1] == 0xbb && buffer_[2] == 0xbf) at_ = 3;
    }

    [[nodiscard]] std::size_t fields() const { return ends_.size(); }
    [[nodiscard]] std::string_view field(std::size_t i) const {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1].byte;
        return std::string_view(text_).substr(begin, ends_[i].byte - begin);
    }
    /// The line, counted from 1, on which a field begins.
    [[nodiscard]] unsigned long long line(std::size_t i) const { return ends_[i].line; }
    /// The byte of the source at which the current record begins.
    [[nodiscard]] unsigned long long offset() const { return offset_; }

    /// Reads the next record; false at the end.
    [[gnu::cold]] bool next() {
        unsigned long long blank = 0;
        do {
            if (look() < 0) return false;
            read_record();
            if (ends_.size() != 1 || !text_.empty() || quoted_) break;
            if (blank == 0) blank = ends_[0].line;
        } while (true);
        if (blank != 0)
            raise<file_error>(sentence(
                {"strata: ", name_, ", line ", blank, ": the line is blank but not the last one. Remove it."}));
        if (expected_ == 0) expected_ = ends_.size();
        if (ends_.size() != expected_)
            refuse(ends_.size() - 1,
                   {"the line has ", ends_.size(), ends_.size() == 1 ? " field" : " fields", ", but the first has ",
                    expected_, ". Quote fields that contain the separator, or correct the line."});
        for (std::size_t i = 0; i < ends_.size(); ++i)
            if (find_invalid_utf8(field(i)) != std::string_view::npos)
                refuse(i, {"the text is not UTF-8. Save the file as UTF-8 and read it again."});
        return true;
    }

    /// A field that holds a number and nothing else; "nan" and "inf" are some.
    [[nodiscard, gnu::cold]] double number(std::size_t i) const { return parsed<double>(i, "a number"); }
    [[nodiscard, gnu::cold]] int integer(std::size_t i) const { return parsed<int>(i, "an integer"); }

    /// Reports what is wrong with a field, counted from 0, of the current record.
    [[noreturn, gnu::cold]] void refuse(std::size_t column, std::initializer_list<sentence_part> why) const {
        const unsigned long long at = column < ends_.size() ? ends_[column].line : begun_;
        raise<file_error>(sentence({"strata: ", name_, ", line ", at, ", column ", column + 1, ": ", sentence(why)}));
    }

  private:
    struct end {
        std::size_t byte;
        unsigned long long line; ///< of the field's beginning
    };

    template <class Number>
    Number parsed(std::size_t i, const char* what) const {
        const std::string_view text = field(i);
        Number value{};
        const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (problem == std::errc::result_out_of_range) refuse(i, {"'", beginning(text), "' is out of range."});
        if (problem != std::errc{} || stop != text.data() + text.size())
            refuse(i, {"'", beginning(text), "' is not ", what, ". Numbers use a decimal point and no blanks."});
        return value;
    }

    /// The next byte, or −1 at the end.
    int look() {
        if (at_ == filled_) {
            passed_ += filled_;
            filled_ = source_.read(buffer_.data(), buffer_.size()), at_ = 0;
            if (filled_ == 0) return -1;
        }
        return buffer_[at_];
    }
    void skip() {
        if (buffer_[at_++] == '\n') ++line_;
    }
    void keep(int c) {
        text_.push_back(static_cast<char>(c));
        if (text_.size() > most_bytes)
            refuse(ends_.size(), {"the record that begins at or before this line has more than ", most_bytes,
                                  " bytes. Is a quote left open, or is this not a text file?"});
    }

    void read_record() {
        text_.clear(), ends_.clear();
        offset_ = passed_ + at_;
        quoted_ = false;
        while (read_field()) {
        }
    }

    /// Reads one field and what ends it; false where that ends the record.
    bool read_field() {
        begun_ = line_;
        if (ends_.size() == most_fields)
            refuse(most_fields,
                   {"the line has more than ", most_fields, " fields. Use fewer columns, or set the right separator."});
        if (look() == '"') {
            quoted_ = true;
            skip();
            for (;;) {
                const int c = look();
                if (c < 0) refuse(ends_.size(), {"the quote that opens here is never closed. Close it."});
                skip();
                if (c == '"') {
                    if (look() != '"') break;
                    skip(); // two quotes are one
                }
                keep(c);
            }
            const int c = look();
            if (c >= 0 && c != static_cast<unsigned char>(separator_) && c != '\n' && c != '\r')
                refuse(ends_.size(), {"text follows the closing quote. Double any quote inside a quoted field."});
        } else {
            for (int c = look(); c >= 0 && c != static_cast<unsigned char>(separator_) && c != '\n' && c != '\r';
                 c = look()) {
                if (c == '"')
                    refuse(ends_.size(), {"an unquoted field contains a quote. Quote the whole field, and double the "
                                          "quotes inside it."});
                skip();
                keep(c);
            }
        }
        const int stop = look();
        if (stop == '\r') {
            skip();
            if (look() != '\n' && look() >= 0)
                refuse(
                    ends_.size(),
                    {"a carriage return is not followed by a line feed. Save the file with LF or CRLF line endings."});
        }
        ends_.push_back({text_.size(), begun_});
        if (stop >= 0 && look() >= 0) skip();
        return stop == static_cast<unsigned char>(separator_);
    }

    Source source_;
    std::string name_;
    char separator_;
    std::vector<unsigned char> buffer_;
    std::size_t at_ = 0, filled_ = 0;
    unsigned long long passed_ = 0, offset_ = 0; ///< bytes before the buffer's, and before the record
    unsigned long long line_, begun_;
    std::string text_; ///< the record's fields, one after the other
    std::vector<end> ends_;
    std::size_t expected_ = 0;
    bool quoted_ = false;
};

} // namespace strata::inline STRATA_ABI::io
