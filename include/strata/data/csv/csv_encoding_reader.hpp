#pragma once
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/csv_class_names.hpp>
#include <strata/data/csv/csv_encoding.hpp>
#include <strata/data/csv/csv_number.hpp>
#include <strata/data/csv/csv_options.hpp>
#include <strata/io/beginning.hpp>
#include <strata/io/text/csv_records.hpp>
#include <strata/io/text/text_source.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <zlib.h>

namespace strata::inline STRATA_ABI::data::detail {

inline constexpr const char* csv_encoding_title = "strata csv encoding";
inline constexpr int csv_encoding_version = 2; ///< 1 had no last line

/// A setting in a line of its own, the number it may be at most.
struct csv_encoding_setting {
    const char* name;
    int most;
};
inline constexpr csv_encoding_setting csv_encoding_settings[] = {
    {"separator", 255}, {"header", 1}, {"missing", 4}, {"keep blanks", 1}, {"ignore unknown", 1}};

/// The CRC-32 of the fields of an encoding's file, whatever its line ends, as 8 hexadecimal digits.
class csv_encoding_sum {
  public:
    [[gnu::cold]] void add(std::string_view field) {
        sum_ = ::crc32(sum_, reinterpret_cast<const Bytef*>(field.data()), static_cast<uInt>(field.size()));
        sum_ = ::crc32(sum_, reinterpret_cast<const Bytef*>("\n"), 1);
    }
    [[nodiscard, gnu::cold]] std::string digits() const {
        std::string all;
        for (int shift = 28; shift >= 0; shift -= 4) all.push_back("0123456789abcdef"[sum_ >> shift & 15]);
        return all;
    }

  private:
    unsigned long sum_ = 0;
};

/// csv_encoding_reader — makes an encoding of a file's text, and refuses a text that is not whole or makes no sense.
/// The lines: the title, each setting, the missing texts, the columns of features, targets and weight, each with what
/// belongs to it below it, the classes, and `end` with its own line's number and the sum of all fields before it.
class csv_encoding_reader {
    using use = csv_encoding::use;

  public:
    [[gnu::cold]] csv_encoding_reader(std::string_view text, const std::string& path)
        : path_(path), text_(text), records_(text, path) {}

    [[nodiscard, gnu::cold]] std::shared_ptr<const csv_encoding> read() {
        read_title();
        if (!has_last_line()) refuse_end();
        read_settings();
        while (next() && records_.field(0) != "end") read_line();
        finish_column();
        check();
        check_end();
        e_->prepare();
        return e_;
    }

  private:
    static constexpr const char* remedy = " The file is damaged: copy it again, or save the encoding again.";

    [[noreturn, gnu::cold]] void refuse(std::initializer_list<sentence_part> what) const {
        raise<file_error>(sentence({"strata: ", path_, ": ", sentence(what), remedy}));
    }
    [[noreturn, gnu::cold]] void refuse(std::size_t field, std::initializer_list<sentence_part> what) const {
        records_.refuse(field, {sentence(what), remedy});
    }
    [[noreturn, gnu::cold]] void refuse_end() const {
        refuse({"the last line that save_encoding writes is missing, or something follows it."});
    }

    bool next() {
        if (!records_.next()) refuse_end();
        if (records_.field(0) == "end") return true;
        for (std::size_t i = 0; i < records_.fields(); ++i) sum_.add(records_.field(i));
        return true;
    }
    /// end,,LINE,SUM
    [[nodiscard]] bool has_last_line() const {
        std::string_view last = text_;
        while (!last.empty() && (last.back() == '\n' || last.back() == '\r')) last.remove_suffix(1);
        last.remove_prefix(last.find_last_of('\n') + 1);
        return last.size() > 14 && last.substr(0, 5) == "end,,"
               && last.find_first_not_of("0123456789", 5) == last.size() - 9 && last[last.size() - 9] == ','
               && last.find_first_not_of("0123456789abcdef", last.size() - 8) == std::string_view::npos;
    }
    void read_title() {
        if (!records_.next() || records_.fields() != 4 || records_.field(0) != csv_encoding_title)
            raise<file_error>(
                sentence({"strata: ", path_, " is not a CSV encoding. Use a file that save_encoding wrote."}));
        const int version = records_.integer(2);
        if (version > csv_encoding_version)
            raise<file_error>(
                sentence({"strata: ", path_, " is a version ", version, " encoding; this program reads version ",
                          csv_encoding_version, ". Read it with a newer strata."}));
        if (version < csv_encoding_version)
            raise<file_error>(sentence({"strata: ", path_, " is a version ", version,
                                        " encoding, which has no end mark, so a truncated file would go unnoticed. "
                                        "Read the training file and save its encoding again."}));
        for (std::size_t i = 0; i < 4; ++i) sum_.add(records_.field(i));
        uses(false, true, true);
        e_->path = records_.field(3);
        e_->options.missing_texts.clear();
    }
    void read_settings() {
        int values[std::size(csv_encoding_settings)];
        for (std::size_t i = 0; i < std::size(csv_encoding_settings); ++i) {
            const csv_encoding_setting& s = csv_encoding_settings[i];
            if (!next() || records_.field(0) != s.name)
                refuse(0, {"'", s.name, "' is expected here, not '", io::beginning(records_.field(0)), "'."});
            uses(false, true, false);
            values[i] = number(0, s.most);
        }
        csv_options& o = e_->options;
        o.separator = static_cast<char>(values[0]);
        if (o.separator == '"' || o.separator == '\n' || o.separator == '\r')
            raise<file_error>(sentence({"strata: ", path_, ": the separator is a quote or a line break.", remedy}));
        o.has_header = values[1] != 0, o.missing = static_cast<csv_missing>(values[2]);
        o.keep_blanks = values[3] != 0, o.ignore_unknown = values[4] != 0;
    }
    void read_line() {
        const std::string_view what = records_.field(0);
        if (what == "missing text") {
            stage(0), uses(false, false, true);
            e_->options.missing_texts.emplace_back(records_.field(3));
        } else if (what == "feature") {
            stage(1), add_column(e_->features, use::feature);
        } else if (what == "target") {
            stage(2), add_column(e_->targets, use::target);
        } else if (what == "weight") {
            stage(3), add_column(e_->weights, use::weight);
            if (e_->weights.size() > 1) refuse(0, {"there is a second weight column; only one is allowed."});
        } else if (what == "class") {
            finish_column(), stage(4), uses(false, false, true);
            e_->class_names.emplace_back(records_.field(3));
        } else {
            read_of_column(what);
        }
    }
    /// A line that tells more of the column above it.
    void read_of_column(std::string_view what) {
        csv_encoding::column* const c = column_;
        const bool feature = c != nullptr && c->as == use::feature;
        if (what == "text" && c != nullptr && c->as != use::weight && !c->is_text && !c->fill) {
            uses(false, false, false);
            c->is_text = true;
        } else if (what == "category" && feature && c->is_text) {
            uses(false, false, true);
            if (std::find(categories_.begin(), categories_.end(), records_.field(3)) != categories_.end())
                refuse(3, {"the category '", io::beginning(records_.field(3)), "' occurs twice."});
            categories_.emplace_back(records_.field(3));
        } else if (what == "fill" && feature && !c->is_text && !c->fill) {
            uses(false, true, false);
            const double fill = records_.number(2);
            if (!csv_number::in_range(fill))
                refuse(2, {"the fill value '", io::beginning(records_.field(2)),
                           "' is not a finite number in the range of a float."});
            c->fill = fill;
        } else {
            refuse(0, {"'", io::beginning(what), "' is not allowed here."});
        }
    }
    void add_column(std::vector<csv_encoding::column>& to, use as) {
        finish_column();
        constexpr int most = static_cast<int>(io::csv_records<io::text_source>::most_fields);
        csv_column which{std::string(records_.field(1))};
        which.number = number(0, most);
        const std::string name(records_.field(3));
        if (which.name.empty() == (which.number == 0) || (which.number == 0 && !e_->options.has_header))
            refuse(1, {"a column needs either a name from the header or a number."});
        for (const auto* list : {&e_->features, &e_->targets, &e_->weights})
            for (const csv_encoding::column& other : *list)
                if (other.which.number == which.number && other.which.name == which.name)
                    refuse(1, {other.words, " occurs twice."});
        const std::string words =
            sentence({"column ", which.number != 0 ? sentence({which.number}) : io::beginning(name)});
        to.push_back({std::move(which), as, name, words});
        column_ = &to.back();
    }
    /// Completes the column whose lines end here.
    void finish_column() {
        csv_encoding::column* const c = std::exchange(column_, nullptr);
        if (c == nullptr || c->as != use::feature) return;
        const bool filled = e_->options.missing != csv_missing::error && e_->options.missing != csv_missing::drop;
        if (c->is_text && categories_.empty()) refuse({c->words, " contains text, but its categories are missing."});
        if (!c->is_text && filled && !c->fill) refuse({c->words, " has no fill value for missing numbers."});
        if (c->fill && !filled) refuse({c->words, " has a fill value, but missing values are not filled in."});
        if (c->is_text) c->categories = csv_class_names(std::exchange(categories_, {}), class_order::sorted, path_);
    }
    /// What only the whole text tells.
    void check() const {
        if (e_->features.empty()) refuse({"there are no features."});
        const auto texts = std::count_if(e_->targets.begin(), e_->targets.end(),
                                         [](const csv_encoding::column& c) { return c.is_text; });
        if (texts > 0 && e_->targets.size() > 1) refuse({"there are ", e_->targets.size(), " targets for classes."});
        if ((texts > 0) == e_->class_names.empty())
            refuse({texts > 0 ? "the target is a class, but there are no class names."
                              : "there are class names, but the target is not a class."});
        (void)csv_class_names(e_->class_names, class_order::sorted, path_); // refuses one that stands twice
    }
    /// The record `end` has come.
    void check_end() {
        const unsigned long long line = records_.line(0);
        if (records_.field(2) != sentence({line}))
            refuse(2, {"this is line ", line, ", but it was line ", io::beginning(records_.field(2)),
                       " when the file was saved."});
        if (records_.field(3) != sum_.digits()) refuse({"the contents have changed since the file was saved."});
        if (records_.next()) refuse_end();
    }

    /// Refuses what stands in a field that this line does not use.
    void uses(bool name, bool number, bool text) const {
        const bool used[] = {true, name, number, text};
        for (std::size_t i = 1; i < 4; ++i)
            if (!used[i] && records_.field(i) != (i == 2 ? "0" : ""))
                refuse(i, {"'", io::beginning(records_.field(i)), "' is not used here."});
    }
    /// Lines of one kind stand together, and the kinds in their order.
    void stage(int now) {
        if (now < stage_) refuse(0, {"'", io::beginning(records_.field(0)), "' is out of order."});
        stage_ = now;
    }
    [[nodiscard]] int number(int least, int most) const {
        const int n = records_.integer(2);
        if (n < least || n > most) refuse(2, {"the number must be between ", least, " and ", most, "."});
        return n;
    }

    const std::string& path_;
    std::string_view text_;
    io::csv_records<io::text_source> records_;
    std::shared_ptr<csv_encoding> e_ = std::make_shared<csv_encoding>();
    csv_encoding::column* column_ = nullptr; ///< the one whose lines are read
    std::vector<std::string> categories_;    ///< its
    csv_encoding_sum sum_;
    int stage_ = 0;
};

} // namespace strata::inline STRATA_ABI::data::detail
