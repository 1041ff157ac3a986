#pragma once
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/csv_class_names.hpp>
#include <strata/data/csv/csv_number.hpp>
#include <strata/data/csv/csv_options.hpp>
#include <strata/data/csv/decimal.hpp>
#include <strata/io/beginning.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// csv_encoding — how the lines of a CSV file become numbers:
/// columns of features and targets, categories of one-hot columns, values in the place of missing ones, classes. The
/// data set that was read first has one, and others are read with it:
///
///   auto train = data::csv_values("train.csv", {.targets = {"price"}, .one_hot_text = true,
///                                               .missing = data::csv_missing::median});
///   auto test = data::csv_values("test.csv", {.like = train});
///   std::vector<float> x = train.encoding()->encode({"3", "Delft"});     // the features of a line, as texts
///
/// Errors   file_error as in csv.hpp; shape_error for a line with another number of texts
class csv_encoding {
  public:
    enum class use { feature, target, weight };
    /// A chosen column and how it becomes numbers.
    struct column {
        csv_column which;
        use as = use::feature;
        std::string name{};  ///< in the header; else "column 3"
        std::string words{}; ///< "column 3 (price)"
        bool is_text = false;
        csv_class_names categories{}; ///< of a feature that is a text
        std::optional<double> fill{}; ///< of a feature that is a number: what stands for a missing one

        /// How many numbers the network gets of it.
        [[nodiscard]] std::size_t width() const { return is_text ? static_cast<std::size_t>(categories.size()) : 1; }
    };

    std::vector<column> features{}, targets{}, weights{}; ///< of weights there is one or none
    std::vector<std::string> class_names{};               ///< where the target is a class
    csv_options options{};                                ///< those of the file that was read first
    std::string path{};                                   ///< of that file

    /// How many numbers a sample has.
    [[nodiscard]] std::size_t width() const {
        std::size_t all = 0;
        for (const column& c : features) all += c.width();
        return all;
    }
    /// A name for each of them: "rooms", "town=Delft".
    [[nodiscard, gnu::cold]] std::vector<std::string> feature_names() const {
        std::vector<std::string> names;
        for (const column& c : features)
            if (!c.is_text) names.push_back(c.name);
            else
                for (const std::string& category : c.categories.names())
                    names.push_back(sentence({c.name, "=", category}));
        return names;
    }
    /// The names of the feature columns, in the order in which `encode` takes their texts.
    [[nodiscard, gnu::cold]] std::vector<std::string> column_names() const {
        std::vector<std::string> names;
        for (const column& c : features) names.push_back(c.name);
        return names;
    }
    /// The features of one sample as numbers, from the texts of its feature columns.
    template <class T = float>
    [[nodiscard, gnu::cold]] std::vector<T> encode(const std::vector<std::string>& texts) const {
        if (texts.size() != features.size()) refuse_count(texts.size());
        std::vector<T> x(width());
        std::size_t at = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const std::size_t n = features[i].width();
            put(features[i], texts[i], std::span(x).subspan(at, n), [&](std::initializer_list<sentence_part> why) {
                raise<file_error>(sentence({"strata: a line in the format of ", path, ", ", features[i].words, ": ",
                                            with_place_of_options(why)}));
            });
            at += n;
        }
        return x;
    }

    /// A text as it counts: without the blanks around it, unless they are kept.
    [[nodiscard]] std::string_view plain(std::string_view raw) const {
        return options.keep_blanks ? raw : trimmed(raw);
    }
    /// Is a value missing?
    [[nodiscard]] bool is_missing(const column& c, std::string_view raw) const {
        const std::string_view text = trimmed(raw);
        if (text.empty()) return true;
        const bool like_a_number = text[0] >= '0' && text[0] <= '9';
        if (like_a_number && !sentinels_) return false;
        const bool told = std::any_of(options.missing_texts.begin(), options.missing_texts.end(),
                                      [&](const std::string& each) { return same(text, trimmed(each)); })
                          || is_one_of(missing_numbers_, text);
        if (told && c.as == use::target && c.is_text && is_one_of(class_names, plain(raw)))
            return false; // it is the name of a class
        return told || (!c.is_text && is_none(text));
    }
    /// "none", which is a missing value in a column of numbers and a text elsewhere.
    [[nodiscard]] static bool is_none(std::string_view raw) { return same(trimmed(raw), "none"); }
    /// The number that a text is, or what else it is.
    [[nodiscard]] static csv_number number_of(std::string_view raw) { return csv_number::of(trimmed(raw)); }

    /// Writes what a feature is as numbers to where they are; `refuse` is called with what is wrong.
    template <class T, class Refuse>
    void put(const column& c, std::string_view raw, std::span<T> to, Refuse refuse) const {
        if (!c.is_text) {
            to[0] = static_cast<T>(number(c, raw, refuse));
            return;
        }
        for (T& x : to) x = T(0);
        if (is_missing(c, raw)) {
            if (options.missing == csv_missing::error || options.missing == csv_missing::drop)
                refuse_missing(c, raw, refuse);
            return;
        }
        const int category = c.categories.find(plain(raw));
        if (category >= 0) to[static_cast<std::size_t>(category)] = T(1);
        else if (!options.ignore_unknown)
            refuse({"'", io::beginning(plain(raw)), "' is not one of the ", c.categories.size(), " categories in ",
                    path, ". Correct it, or set .ignore_unknown = true to encode it as all zeros."});
    }
    /// The number of a feature, a target or a weight.
    template <class Refuse>
    [[nodiscard]] double number(const column& c, std::string_view raw, Refuse refuse) const {
        const csv_number n = number_of(raw);
        if (n.kind == csv_number_kind::number && !(sentinels_ && is_missing(c, raw))) {
            if (c.as == use::weight && n.value < 0) refuse({"the sample weight is negative. It must be at least 0."});
            return n.value;
        }
        return other_number(c, raw, n.kind, refuse);
    }
    template <class Refuse>
    void refuse_missing(const column& c, std::string_view raw, Refuse refuse) const {
        const std::string_view text = trimmed(raw);
        const char* const what = c.as == use::weight   ? "the weight"
                                 : !c.is_text          ? "the number"
                                 : c.as == use::target ? "the class"
                                                       : "the text";
        const std::string stands = text.empty() ? std::string() : sentence({" ('", io::beginning(text), "')"});
        if (c.as == use::feature)
            refuse({what, " is missing", stands,
                    ". Fill it in, remove the line or the column, or choose how to treat missing values: .missing = "
                    "strata::data::csv_missing::",
                    c.is_text ? "drop" : "mean", ", for example."});
        else
            refuse({what, " is missing", stands,
                    ". Fill it in, or remove the line: .missing = strata::data::csv_missing::drop removes all such "
                    "lines.",
                    text.empty() || !c.is_text ? "" : " If this is a class name, set .missing_texts = {}."});
    }

    /// To be called when the options are there.
    [[gnu::cold]] void prepare() {
        sentinels_ = false, missing_numbers_.clear();
        for (const std::string& each : options.missing_texts) {
            const std::string_view text = trimmed(each);
            if (decimal::of(text)) missing_numbers_.emplace_back(text);
            const bool like_a_number = !text.empty() && text[0] >= '0' && text[0] <= '9'; // "1.#QNAN", "0000-00-00"
            sentinels_ = sentinels_ || like_a_number || number_of(each).kind == csv_number_kind::number;
        }
    }

    /// A refusal, and where the options that it may name are set: not with a line or a file that is read like another.
    [[nodiscard, gnu::cold]] static std::string with_place_of_options(std::initializer_list<sentence_part> why) {
        std::string words = sentence(why);
        for (const char* option :
             {".ignore_unknown = ", ".missing = ", ".missing_texts = ", ".one_hot = ", ".without = "})
            if (words.find(option) != std::string::npos)
                return words + " Set the option when you read the training file: the encoding keeps it.";
        return words;
    }

  private:
    [[noreturn, gnu::cold, gnu::noinline]] void refuse_count(std::size_t given) const {
        std::string names;
        std::size_t i = 0;
        for (; i < features.size() && names.size() < 100; ++i)
            names += sentence({i == 0 ? "'" : ", '", io::beginning(features[i].name), "'"});
        raise<shape_error>(
            sentence({"strata: ", given, " texts were given to encode a line in the format of ", path, ", which has ",
                      features.size(), " feature columns: ", names, i < features.size() ? ", ..." : "",
                      ". Give one text per column, in this order."}));
    }
    /// As in a program: "town", or 3.
    [[nodiscard, gnu::cold]] static std::string name_of(const csv_column& which) {
        return which.number == 0 ? sentence({"\"", which.name, "\""}) : sentence({which.number});
    }
    template <class Refuse>
    [[gnu::cold, gnu::noinline]] double other_number(const column& c, std::string_view raw, csv_number_kind kind,
                                                     Refuse refuse) const {
        const std::string text = io::beginning(trimmed(raw));
        if (is_missing(c, raw)) {
            if (c.fill) return *c.fill;
            if (kind == csv_number_kind::not_finite)
                refuse({"'", text,
                        "' is not a finite number and counts as missing. Fill it in, remove the line or the column, or "
                        "choose how to treat missing values: .missing = strata::data::csv_missing::",
                        c.as == use::feature ? "mean" : "drop", ", for example."});
            refuse_missing(c, raw, refuse);
        }
        if (kind == csv_number_kind::not_finite)
            refuse({"'", text, "' is not a finite number. Fill it in, or remove the line or the column."});
        if (kind == csv_number_kind::too_large)
            refuse({"'", text, "' is out of range for a float. Use another unit for the column."});
        std::string with_point(trimmed(raw));
        std::replace(with_point.begin(), with_point.end(), ',', '.');
        if (number_of(with_point).kind == csv_number_kind::number)
            refuse({"'", text, "' is not a number: it has a comma instead of a decimal point. Use a point."});
        if (c.as == use::feature)
            refuse({"'", text, "' is not a number. Correct it, exclude the column: .without = {", name_of(c.which),
                    "}, or treat its texts as categories: .one_hot = {", name_of(c.which), "}."});
        refuse({"'", text, "' is not a number. Correct it",
                c.as == use::target ? ", or read classes: strata::data::csv_classes." : "."});
        return 0;
    }
    /// Without regard to case.
    [[nodiscard]] static bool same(std::string_view a, std::string_view b) {
        const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return low(x) == low(y); });
    }

    /// Is a text one of these, numbers by their value?
    [[nodiscard]] static bool is_one_of(const std::vector<std::string>& all, std::string_view text) {
        if (std::find(all.begin(), all.end(), text) != all.end()) return true;
        const auto number = all.empty() ? std::nullopt : decimal::of(text);
        return number && std::any_of(all.begin(), all.end(), [&](const std::string& each) {
                   const auto other = decimal::of(each);
                   return other && *other == *number;
               });
    }

    std::vector<std::string> missing_numbers_{}; ///< the missing texts that are numbers, and count by their value
    bool sentinels_ = false;                     ///< a number, or what begins like one, stands for a missing one
};

} // namespace strata::inline STRATA_ABI::data
