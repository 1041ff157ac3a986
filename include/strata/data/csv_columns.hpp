#pragma once
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/data/csv_options.hpp>
#include <strata/io/beginning.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// csv_columns — the chosen columns of a file of comma-separated values: which fields of a record are
/// numbers, and which of them are features and targets. See csv.hpp for what it refuses. A record is the
/// current one of any csv_records.
class csv_columns {
  public:
    /// Reads the first record, the header if there is one.
    template <class Records>
    [[gnu::cold]] csv_columns(Records& records, const std::string& path, const csv_options& options) : path_(path) {
        if (options.targets.empty())
            raise<file_error>(sentence({"strata: no target was chosen among the columns of ", path,
                                        ": name one, {.targets = {\"price\"}}, or give its number, counted from 1."}));
        if (!records.next())
            raise<file_error>(sentence({"strata: ", path, " holds no line. Fetch or write it again."}));
        columns_ = records.fields();
        if (options.has_header)
            for (std::size_t c = 0; c < columns_; ++c) header_.emplace_back(records.field(c));
        for (const csv_column& wanted : options.targets) targets_.push_back(place(wanted));
        for (const csv_column& wanted : options.features) features_.push_back(place(wanted));
        std::vector<unsigned char> taken(columns_);
        for (const auto* list : {&targets_, &features_})
            for (const std::size_t c : *list) {
                if (taken[c] != 0)
                    raise<file_error>(
                        sentence({"strata: ", words_of(c), " of ", path,
                                  " was chosen twice: a feature or target stands once, and a target is no feature."}));
                taken[c] = 1;
            }
        if (options.features.empty())
            for (std::size_t c = 0; c < columns_; ++c)
                if (taken[c] == 0) features_.push_back(c);
        if (features_.empty())
            raise<file_error>(sentence({"strata: no feature is left among the ", columns_, " columns of ", path,
                                        ": choose fewer targets, or give the separator that the file really has."}));
    }

    /// All there are, the chosen and the others.
    [[nodiscard]] std::size_t columns() const { return columns_; }
    [[nodiscard]] std::size_t features() const { return features_.size(); }
    [[nodiscard]] std::size_t targets() const { return targets_.size(); }
    template <class Records>
    void read_features(const Records& records, std::span<float> to) const {
        for (std::size_t i = 0; i < features_.size(); ++i) to[i] = number(records, features_[i]);
    }
    template <class Records>
    void read_targets(const Records& records, std::span<float> to) const {
        for (std::size_t i = 0; i < targets_.size(); ++i) to[i] = number(records, targets_[i]);
    }
    template <class Records>
    [[nodiscard]] std::string_view target_text(const Records& records) const {
        const std::string_view text = records.field(targets_[0]);
        if (text.empty()) refuse(records, targets_[0], {"the class is missing. Fill it in, or remove the line."});
        return text;
    }
    template <class Records>
    [[noreturn]] void refuse_class(const Records& records, std::size_t known) const {
        refuse(records, targets_[0],
               {"'", io::beginning(records.field(targets_[0])), "' is none of the ", known,
                " classes that were given. Add it to class_names, or remove the line."});
    }

  private:
    /// "column 3 (price)"
    [[nodiscard, gnu::cold]] std::string words_of(std::size_t c) const {
        return header_.empty() ? sentence({"column ", c + 1})
                               : sentence({"column ", c + 1, " (", io::beginning(header_[c]), ")"});
    }
    template <class Records>
    [[noreturn, gnu::cold]] void refuse(const Records& records, std::size_t c, std::initializer_list<word> why) const {
        raise<file_error>(
            sentence({"strata: ", path_, ", line ", records.line(c), ", ", words_of(c), ": ", sentence(why)}));
    }

    [[nodiscard, gnu::cold]] std::size_t place(const csv_column& wanted) const {
        if (wanted.number != 0) {
            if (wanted.number >= 1 && static_cast<std::size_t>(wanted.number) <= columns_)
                return static_cast<std::size_t>(wanted.number) - 1;
            raise<file_error>(
                sentence({"strata: ", path_, ", line 1: a column was chosen by a number that is not from 1 to ",
                          columns_, ", which are all the columns. They are counted from 1."}));
        }
        if (header_.empty())
            raise<file_error>(
                sentence({"strata: ", path_, " is read without a header, so that its column '", wanted.name,
                          "' cannot be found by name: give the column's number, counted from 1."}));
        const auto first = std::find(header_.begin(), header_.end(), wanted.name);
        if (first == header_.end()) {
            std::string names;
            for (std::size_t c = 0; c < columns_ && c < 20; ++c)
                names += sentence({c == 0 ? "'" : ", '", io::beginning(header_[c]), "'"});
            raise<file_error>(sentence({"strata: ", path_, ", line 1: there is no column '", wanted.name, "' among ",
                                        columns_, ": ", names, columns_ > 20 ? ", ..." : "",
                                        ". Name one of them, or give its number, counted from 1."}));
        }
        if (std::find(first + 1, header_.end(), wanted.name) != header_.end())
            raise<file_error>(sentence({"strata: ", path_, ", line 1: several columns are named '", wanted.name,
                                        "': choose one by its number, counted from 1."}));
        return static_cast<std::size_t>(first - header_.begin());
    }

    template <class Records>
    [[nodiscard]] float number(const Records& records, std::size_t c) const {
        std::string_view text = records.field(c);
        while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
        while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
        if (text.empty()) refuse(records, c, {"the number is missing. Fill it in, or remove the line or the column."});
        if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
        const char* const end = text.data() + text.size();
        float value = 0;
        auto [stop, problem] = std::from_chars(text.data(), end, value);
        if (problem == std::errc::result_out_of_range) { // too large, or too small, which is as good as 0
            double wide = 0;
            const auto again = std::from_chars(text.data(), end, wide);
            if (again.ec == std::errc() && std::abs(wide) < 1) {
                value = static_cast<float>(wide), problem = again.ec;
            } else {
                refuse(
                    records, c,
                    {"'", io::beginning(text), "' is beyond what a float can hold. Give the column in another unit."});
            }
        }
        if (problem != std::errc() || stop != end)
            refuse(records, c,
                   {"'", io::beginning(records.field(c)),
                    "' is not a number. Correct it, or name the features without this column."});
        if (!std::isfinite(value))
            refuse(
                records, c,
                {"'", io::beginning(text), "' is not a finite number. Fill it in, or remove the line or the column."});
        return value;
    }

    std::string path_;
    std::size_t columns_ = 0;
    std::vector<std::string> header_;
    std::vector<std::size_t> features_, targets_;
};

} // namespace strata::inline STRATA_ABI::data
