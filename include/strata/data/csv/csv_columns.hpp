#pragma once
#include <strata/base/error.hpp>
#include <strata/base/words/near_names.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/csv_encoding.hpp>
#include <strata/data/csv/csv_notes.hpp>
#include <strata/data/csv/csv_number.hpp>
#include <strata/data/csv/csv_options.hpp>
#include <strata/io/beginning.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// What is read of a CSV file: its targets as classes, as values, or its features alone.
enum class csv_reading { classes, values, features };

/// csv_columns — the chosen columns of one file, and the encoding that makes numbers of them. See csv.hpp for what
/// it refuses. A record is the current one of any csv_records.
class csv_columns {
  public:
    /// Reads the first record, the header if there is one. Without `.like` it begins an encoding, which a
    /// csv_survey completes.
    template <class Records>
    [[gnu::cold]] csv_columns(Records& records, const std::string& path, const csv_options& options, csv_reading what)
        : path_(path) {
        const bool like = options.like.given();
        if (like && !options.like.encoding())
            raise<file_error>(sentence({"strata: ", path,
                                        " cannot be read .like a data set that did not come from a CSV file. Use one "
                                        "that csv_classes or csv_values read."}));
        if (!like && options.targets.empty() && what != csv_reading::features)
            raise<file_error>(sentence({"strata: no target column was chosen for ", path,
                                        ": give its name, {.targets = {\"price\"}}, or its number, counted from 1."}));
        if (!records.next()) raise<file_error>(sentence({"strata: ", path, " is empty. Download or write it again."}));
        columns_ = records.fields();
        line_one_.clear();
        for (std::size_t c = 0; c < columns_; ++c) line_one_.emplace_back(records.field(c));
        has_header_ = options.has_header;
        if (has_header_)
            for (const std::string& name : line_one_) header_.emplace_back(options.keep_blanks ? name : trimmed(name));
        separator_ = options.separator;
        if (like) {
            find_like(*options.like.encoding(), options, what);
            return;
        }
        auto encoding = std::make_shared<csv_encoding>();
        encoding->options = options, encoding->path = path;
        encoding->prepare();
        choose(*encoding, options, what);
        encoding_ = std::move(encoding);
    }

    /// All there are, the chosen and the others.
    [[nodiscard]] std::size_t columns() const { return columns_; }
    /// How many numbers a sample has.
    [[nodiscard]] std::size_t width() const { return encoding_->width(); }
    [[nodiscard]] std::size_t targets() const { return targets_.size(); }
    [[nodiscard]] bool has_weight() const { return !weights_.empty(); }
    [[nodiscard]] const std::shared_ptr<const csv_encoding>& encoding() const { return encoding_; }

    /// The text of feature column i.
    template <class Records>
    [[nodiscard]] std::string_view feature_text(const Records& records, std::size_t i) const {
        return records.field(features_[i]);
    }
    template <class Records, class T>
    void read_features(const Records& records, std::span<T> to) const {
        std::size_t at = 0;
        for (std::size_t i = 0; i < features_.size(); ++i) {
            const csv_encoding::column& c = encoding_->features[i];
            const std::size_t n = c.width();
            encoding_->put(c, records.field(features_[i]), to.subspan(at, n), refusing(records, c, features_[i]));
            at += n;
        }
    }
    template <class Records, class T>
    void read_targets(const Records& records, std::span<T> to) const {
        for (std::size_t i = 0; i < targets_.size(); ++i) {
            const csv_encoding::column& c = encoding_->targets[i];
            to[i] = static_cast<T>(encoding_->number(c, records.field(targets_[i]), refusing(records, c, targets_[i])));
        }
    }
    template <class Records>
    [[nodiscard]] double read_weight(const Records& records) const {
        const csv_encoding::column& c = encoding_->weights[0];
        return encoding_->number(c, records.field(weights_[0]), refusing(records, c, weights_[0]));
    }
    template <class Records>
    [[nodiscard]] std::string_view target_text(const Records& records) const {
        const csv_encoding::column& c = encoding_->targets[0];
        const std::string_view raw = records.field(targets_[0]);
        if (encoding_->is_missing(c, raw)) encoding_->refuse_missing(c, raw, refusing(records, c, targets_[0]));
        return encoding_->plain(raw);
    }
    template <class Records>
    [[noreturn]] void refuse_class(const Records& records, std::size_t known) const {
        const bool like = encoding_->path != path_; // then the classes are those of another file
        refuse(records, targets_[0],
               {"'", io::beginning(encoding_->plain(records.field(targets_[0]))),
                known == 1 ? std::string("' is not the one class in ")
                           : sentence({"' is not one of the ", known, " classes in "}),
                like ? encoding_->path : std::string("class_names"),
                like ? ". Correct it, or remove the line." : ". Add it to class_names, or remove the line."});
    }
    /// Is a value missing in a chosen column?
    template <class Records>
    [[nodiscard]] bool lacks_a_value(const Records& records) const {
        return missing_in(records) != columns_;
    }
    /// "line 3, column 2 (rooms)", where a value is missing in the record.
    template <class Records>
    [[nodiscard, gnu::cold]] std::string place_of_missing(const Records& records) const {
        const std::size_t c = missing_in(records);
        return sentence({"line ", records.line(c), ", ", words_of(c)});
    }
    template <class Records>
    [[noreturn]] void refuse_feature(const Records& records, std::size_t i,
                                     std::initializer_list<sentence_part> why) const {
        refuse(records, features_[i], why);
    }
    /// What a field is refused with, for encodings.
    template <class Records>
    [[nodiscard]] auto refusing_feature(const Records& records, std::size_t i) const {
        return refusing(records, encoding_->features[i], features_[i]);
    }

  private:
    /// The first chosen column whose value is missing, or the number of columns.
    template <class Records>
    [[nodiscard]] std::size_t missing_in(const Records& records) const {
        std::size_t found = columns_;
        const auto look = [&](const std::vector<std::size_t>& places, const std::vector<csv_encoding::column>& all) {
            for (std::size_t i = 0; i < places.size() && found == columns_; ++i)
                if (encoding_->is_missing(all[i], records.field(places[i]))) found = places[i];
        };
        look(features_, encoding_->features), look(targets_, encoding_->targets), look(weights_, encoding_->weights);
        return found;
    }
    template <class Records>
    [[nodiscard]] auto refusing(const Records& records, const csv_encoding::column& c, std::size_t place) const {
        return [this, &records, &c, place](std::initializer_list<sentence_part> why) {
            const bool may_be_header = !has_header_ && records.line(place) == 1
                                       && csv_encoding::number_of(records.field(place)).kind == csv_number_kind::text;
            refuse(records, place,
                   {encoding_->path == path_ ? sentence(why) : csv_encoding::with_place_of_options(why),
                    may_be_header && !(c.as == csv_encoding::use::target && c.is_text)
                        ? " If this line holds the column names, set .has_header = true."
                        : ""});
        };
    }
    template <class Records>
    [[noreturn, gnu::cold]] void refuse(const Records& records, std::size_t c,
                                        std::initializer_list<sentence_part> why) const {
        raise<file_error>(
            sentence({"strata: ", path_, ", line ", records.line(c), ", ", words_of(c), ": ", sentence(why)}));
    }
    /// "column 3 (price)"
    [[nodiscard, gnu::cold]] std::string words_of(std::size_t c) const {
        return header_.empty() ? sentence({"column ", c + 1})
                               : sentence({"column ", c + 1, " (", io::beginning(header_[c]), ")"});
    }

    /// Chooses the columns that the options name, each once.
    [[gnu::cold]] void choose(csv_encoding& e, const csv_options& options, csv_reading what) {
        using use = csv_encoding::use;
        if (what != csv_reading::features)
            for (const csv_column& wanted : options.targets) targets_.push_back(place(wanted));
        for (const csv_column& wanted : options.features) features_.push_back(place(wanted));
        if (options.weight) weights_.push_back(place(*options.weight));
        std::vector<unsigned char> taken(columns_);
        for (const auto* list : {&targets_, &features_, &weights_})
            for (const std::size_t c : *list) {
                if (taken[c] != 0)
                    raise<file_error>(
                        sentence({"strata: ", words_of(c), " of ", path_,
                                  " was chosen twice: a column can be only one feature, target or weight."}));
                taken[c] = 1;
            }
        leave_out(options, taken);
        if (what
            == csv_reading::features) // a file with targets is read without them, by the options that it had before
            for (const csv_column& target : options.targets)
                for (std::size_t c = 0; c < columns_; ++c)
                    if (is_it(target, c) && std::find(features_.begin(), features_.end(), c) == features_.end())
                        taken[c] = 1;
        if (options.features.empty())
            for (std::size_t c = 0; c < columns_; ++c)
                if (taken[c] == 0) features_.push_back(c);
        if (features_.empty())
            raise<file_error>(sentence({"strata: no feature column is left of the ", columns_, " columns of ", path_,
                                        ". Choose fewer targets, or set .separator to the file's.", separator_hint()}));
        refuse_numbers_as_header(options);
        for (const std::size_t c : features_) e.features.push_back(column(c, use::feature));
        for (const std::size_t c : targets_) e.targets.push_back(column(c, use::target));
        for (const std::size_t c : weights_) e.weights.push_back(column(c, use::weight));
        if (what == csv_reading::classes) {
            if (targets_.size() != 1)
                raise<file_error>(sentence({"strata: ", targets_.size(), " targets were chosen for ", path_,
                                            "; classes need exactly one. Choose one, or read values."}));
            e.targets[0].is_text = true;
            e.class_names = options.class_names;
        }
        for (const csv_column& wanted : options.one_hot) {
            const std::size_t c = place(wanted);
            const auto found = std::find(features_.begin(), features_.end(), c);
            if (found == features_.end())
                raise<file_error>(sentence(
                    {"strata: ", words_of(c), " of ", path_,
                     " is in .one_hot but is not a feature. Add it to .features, or remove it from .one_hot."}));
            e.features[static_cast<std::size_t>(found - features_.begin())].is_text = true;
        }
        if (options.missing == csv_missing::constant && !csv_number::in_range(options.missing_value))
            raise<file_error>(
                sentence({"strata: .missing_value for ", path_, " must be a finite number in the range of a float."}));
        for (csv_encoding::column& c : e.features) {
            if (c.is_text) c.categories = csv_class_names({}, class_order::sorted, path_);
            else if (options.missing == csv_missing::constant) c.fill = options.missing_value;
        }
    }
    /// Marks the columns of .without as taken.
    [[gnu::cold]] void leave_out(const csv_options& options, std::vector<unsigned char>& taken) const {
        if (options.without.empty()) return;
        if (!options.features.empty())
            raise<file_error>(
                sentence({"strata: ", path_, ": .features and .without cannot be used together. Choose one."}));
        for (const csv_column& wanted : options.without) {
            const std::size_t c = place(wanted);
            if (taken[c] != 0 && std::find(targets_.begin(), targets_.end(), c) == targets_.end()
                && std::find(weights_.begin(), weights_.end(), c) == weights_.end())
                continue; // named twice in .without
            if (taken[c] != 0)
                raise<file_error>(
                    sentence({"strata: ", words_of(c), " of ", path_,
                              " is in .without but is also a target or the weight. Remove it from one of them."}));
            taken[c] = 1;
        }
    }
    /// Finds the columns of an encoding in this file: by name where the first file had names. Only the weight may be
    /// missing: all samples then count alike.
    [[gnu::cold]] void find_like(const csv_encoding& first, const csv_options& options, csv_reading what) {
        const auto find = [&](const std::vector<csv_encoding::column>& all, std::vector<std::size_t>& places) {
            for (const csv_encoding::column& c : all) places.push_back(place(c.which, &first, c.as));
        };
        find(first.features, features_);
        if (what != csv_reading::features) {
            find(first.targets, targets_);
            if (!first.weights.empty() && has(first.weights[0].which)) find(first.weights, weights_);
            else if (!first.weights.empty()) say_other_weight(first, near_column(first.weights[0].which.name), path_);
        }
        if (what != csv_reading::features
            && (first.targets.empty() || (what == csv_reading::classes) != first.targets[0].is_text))
            raise<file_error>(
                sentence({"strata: ", path_, " cannot be read like ", first.path, ": the targets there are ",
                          first.targets.empty()      ? "none"
                          : first.targets[0].is_text ? "classes"
                                                     : "values",
                          ". Read both files the same way."}));
        auto mine = std::make_shared<csv_encoding>(first); // small: columns and categories
        mine->options.ignore_unknown = options.ignore_unknown;
        if (what == csv_reading::features) mine->targets.clear(), mine->weights.clear();
        encoding_ = std::move(mine);
    }
    [[nodiscard, gnu::cold]] csv_encoding::column column(std::size_t c, csv_encoding::use as) const {
        const bool named =
            !header_.empty() && !header_[c].empty() && std::count(header_.begin(), header_.end(), header_[c]) == 1;
        csv_column which(static_cast<int>(c + 1));
        if (named) which = csv_column(header_[c]);
        return {std::move(which), as, header_.empty() ? sentence({"column ", c + 1}) : header_[c], words_of(c)};
    }

    /// Is column c the wanted one?
    [[nodiscard, gnu::cold]] bool is_it(const csv_column& wanted, std::size_t c) const {
        if (wanted.number != 0) return wanted.number >= 1 && static_cast<std::size_t>(wanted.number) - 1 == c;
        return !header_.empty() && (header_[c] == wanted.name || header_[c] == trimmed(wanted.name));
    }
    /// Is there such a column?
    [[nodiscard, gnu::cold]] bool has(const csv_column& wanted) const {
        for (std::size_t c = 0; c < columns_; ++c)
            if (is_it(wanted, c)) return true;
        return false;
    }
    /// Where a column is. One that is not there is refused; of a file that is read like a `first` one, with words that
    /// tell what its header lacks, since its columns cannot be chosen.
    [[nodiscard, gnu::cold]] std::size_t place(const csv_column& wanted, const csv_encoding* first = nullptr,
                                               csv_encoding::use as = csv_encoding::use::feature) const {
        const bool target = as == csv_encoding::use::target;
        if (wanted.number != 0) {
            if (wanted.number >= 1 && static_cast<std::size_t>(wanted.number) <= columns_)
                return static_cast<std::size_t>(wanted.number) - 1;
            if (first != nullptr)
                raise<file_error>(sentence(
                    {"strata: ", path_, ", line 1: ", first->path, " has a column ", wanted.number,
                     ", but this file has only ", columns_, columns_ == 1 ? " column" : " columns",
                     ". Write the same columns in the same order.", target ? without_targets : "", separator_hint()}));
            raise<file_error>(sentence(
                {"strata: ", path_, ", line 1: a chosen column number is out of range: columns are numbered from 1 to ",
                 columns_, ".", separator_hint()}));
        }
        if (header_.empty())
            raise<file_error>(sentence({"strata: ", path_, " is read without a header, so column '", wanted.name,
                                        "' cannot be found by name. Give the column's number, counted from 1."}));
        const std::string_view name = std::find(header_.begin(), header_.end(), wanted.name) != header_.end()
                                          ? std::string_view(wanted.name)
                                          : trimmed(wanted.name);
        const auto found = std::find(header_.begin(), header_.end(), name);
        if (found == header_.end()) {
            std::string names;
            for (std::size_t c = 0; c < columns_ && c < 20; ++c)
                names += sentence({c == 0 ? "'" : ", '", io::beginning(header_[c]), "'"});
            if (columns_ > 20) names += ", ...";
            if (first != nullptr)
                raise<file_error>(
                    sentence({"strata: ", path_, ", line 1: ", first->path, " has a column '", wanted.name,
                              "', but this file does not; ", columns_ == 1 ? "its column is " : "its columns are ",
                              names, ". ", near_column(wanted.name),
                              only_numbers()
                                  ? "The line contains only numbers: add a line with the names of the columns above it."
                                  : "The header must have the same names. Is line 1 a header?",
                              target ? without_targets : "", separator_hint()}));
            raise<file_error>(sentence(
                {"strata: ", path_, ", line 1: there is no column '", wanted.name, "' among ", columns_, ": ", names,
                 ". ", near_column(wanted.name), "Use one of these names, or a column number, counted from 1.",
                 separator_hint(),
                 only_numbers() ? " The line contains only numbers: if it is a sample, set .has_header = false."
                                : ""}));
        }
        if (std::find(found + 1, header_.end(), name) != header_.end())
            raise<file_error>(sentence({"strata: ", path_, ", line 1: several columns are named '", name,
                                        first != nullptr ? "', and columns are found by name here. Rename the others."
                                                         : "'. Choose one by its number, counted from 1."}));
        return static_cast<std::size_t>(found - header_.begin());
    }
    static constexpr const char* without_targets = " Without targets, read the file with csv_features.";

    /// A column that has no role yet and a name like this one, as a question, or nothing.
    [[nodiscard, gnu::cold]] std::string near_column(std::string_view wrong) const {
        std::vector<std::string_view> names;
        for (std::size_t c = 0; c < header_.size(); ++c) {
            const auto has = [c](const std::vector<std::size_t>& chosen) {
                return std::find(chosen.begin(), chosen.end(), c) != chosen.end();
            };
            if (!has(features_) && !has(targets_) && !has(weights_)) names.emplace_back(header_[c]);
        }
        return core::near_names(wrong, names);
    }

    /// What to say where line 1 looks as if another character stood between its fields.
    [[nodiscard, gnu::cold]] std::string separator_hint() const {
        for (const char other : {';', '\t', '|', ','}) {
            std::size_t count = 0;
            for (const std::string& field : line_one_)
                count += static_cast<std::size_t>(std::count(field.begin(), field.end(), other));
            if (other == separator_ || count < columns_) continue;
            const char text[] = {other, '\0'};
            return sentence({" Line 1 has '", other == '\t' ? "\\t" : text,
                             "' between its words: if that separates the columns, set .separator = '",
                             other == '\t' ? "\\t" : text, "'."});
        }
        return {};
    }
    [[nodiscard, gnu::cold]] bool only_numbers() const {
        return std::all_of(line_one_.begin(), line_one_.end(), [](const std::string& field) {
            return csv_encoding::number_of(field).kind == csv_number_kind::number;
        });
    }
    /// A first line of numbers, none of which is asked for as a name, is a sample that would be lost.
    [[gnu::cold]] void refuse_numbers_as_header(const csv_options& options) const {
        if (!has_header_ || !only_numbers()) return;
        for (const auto* list : {&options.targets, &options.features, &options.without})
            for (const csv_column& wanted : *list)
                if (wanted.number == 0) return;
        raise<file_error>(sentence({"strata: ", path_,
                                    ", line 1: the header contains only numbers. If it is a sample, set .has_header = "
                                    "false; if these are names, choose the targets by name."}));
    }

    std::string path_;
    std::size_t columns_ = 0;
    char separator_ = ',';
    bool has_header_ = true;
    std::vector<std::string> line_one_, header_;
    std::vector<std::size_t> features_, targets_, weights_;
    std::shared_ptr<const csv_encoding> encoding_;
};

} // namespace strata::inline STRATA_ABI::data
