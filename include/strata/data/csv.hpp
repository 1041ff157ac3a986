#pragma once
/// csv — data sets from files of comma-separated values, plain or packed with gzip.
///
///   auto flowers = data::csv_classes("iris.csv", {.targets = {"species"}});           // in_memory<class_index>
///   auto soluble = data::csv_values("delaney.csv", {.features = {"Molecular Weight", 6}, .targets = {"measured"}});
///
/// Each line is a sample, features [F] in the order in which they are named. Read from front to back: memory is taken for the
/// chosen numbers, one record and the class names, never for more than the unpacked file could hold.
///
/// Errors   file_error, naming file, line and column: what csv_records says, a column that is not there or named twice, a
///          feature or a target that is missing, no number or not finite, a missing or unknown class. Nothing is half loaded.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <strata/base/sentence.hpp>
#include <strata/data/csv_records.hpp>
#include <strata/data/in_memory.hpp>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace strata::inline v0_1::data {

/// A column by its name in the header, or by its number: the first is 1, as in the messages.
struct csv_column {
    std::string name;
    long long number = 0; ///< 0: by name

    csv_column(const char* n) : name(n) {}
    csv_column(std::string n) : name(std::move(n)) {}
    csv_column(int n) : number(n < 1 ? -1 : n) {}
};

/// How the texts of a class column become the numbers 0 … K − 1.
enum class class_order {
    sorted,    ///< as numbers where all are whole numbers, else byte by byte
    first_seen ///< in the file's order
};

struct csv_options {
    char separator = ',';
    bool has_header = true;
    std::vector<csv_column> features{}; ///< none named: every column that is no target
    std::vector<csv_column> targets{};  ///< one class, or any number of values
    class_order order = class_order::sorted;
    /// Which classes there are, in their order. A test file must be read with the training file's `class_names()`: by itself it
    /// may lack a class, and number the others differently.
    std::vector<std::string> class_names{};
};

namespace detail {

/// Where the fields of a record go.
class csv_table {
  public:
    [[gnu::cold]] csv_table(const std::string& path, const csv_options& options)
        : records_(path, options.separator), path_(path) {
        if (options.targets.empty())
            raise<file_error>(sentence({"strata: no target was chosen among the columns of ", path,
                                        ": name one, {.targets = {\"price\"}}, or give its number, counted from 1."}));
        if (!records_.next()) raise<file_error>(sentence({"strata: ", path, " holds no line. Fetch or write it again."}));
        columns_ = records_.fields();
        if (options.has_header)
            for (std::size_t c = 0; c < columns_; ++c) header_.emplace_back(records_.field(c));
        for (const csv_column& wanted : options.targets) targets_.push_back(place(wanted));
        for (const csv_column& wanted : options.features) features_.push_back(place(wanted));
        std::vector<unsigned char> taken(columns_);
        for (const auto* list : {&targets_, &features_})
            for (const std::size_t c : *list) {
                if (taken[c] != 0)
                    raise<file_error>(sentence({"strata: ", words_of(c), " of ", path,
                                                " was chosen twice: a feature or target stands once, and a target is no feature."}));
                taken[c] = 1;
            }
        if (options.features.empty())
            for (std::size_t c = 0; c < columns_; ++c)
                if (taken[c] == 0) features_.push_back(c);
        if (features_.empty())
            raise<file_error>(sentence({"strata: no feature is left among the ", columns_, " columns of ", path,
                                        ": choose fewer targets, or give the separator that the file really has."}));
        at_sample_ = !options.has_header || records_.next();
        if (!at_sample_)
            raise<file_error>(sentence({"strata: ", path, " holds a header and no sample: add lines to it."}));
    }

    [[nodiscard]] std::size_t features() const { return features_.size(); }
    [[nodiscard]] std::size_t targets() const { return targets_.size(); }
    [[nodiscard]] bool at_sample() const { return at_sample_; }
    void next() { at_sample_ = records_.next(); }
    void add_features(std::vector<float>& to) const {
        for (const std::size_t c : features_) to.push_back(number(c));
    }
    void add_targets(std::vector<float>& to) const {
        for (const std::size_t c : targets_) to.push_back(number(c));
    }
    [[nodiscard]] std::string_view target_text() const {
        const std::string_view text = records_.field(targets_[0]);
        if (text.empty()) refuse(targets_[0], {"the class is missing. Fill it in, or remove the line."});
        return text;
    }
    [[noreturn]] void refuse_class(std::size_t known) const {
        refuse(targets_[0], {"'", beginning(records_.field(targets_[0])), "' is none of the ", known,
                             " classes that were given. Add it to class_names, or remove the line."});
    }

  private:
    /// "column 3 (price)"
    [[nodiscard, gnu::cold]] std::string words_of(std::size_t c) const {
        return header_.empty() ? sentence({"column ", c + 1})
                               : sentence({"column ", c + 1, " (", beginning(header_[c]), ")"});
    }
    [[noreturn, gnu::cold]] void refuse(std::size_t c, std::initializer_list<word> why) const {
        raise<file_error>(sentence({"strata: ", path_, ", line ", records_.line(c), ", ", words_of(c), ": ", sentence(why)}));
    }

    [[nodiscard, gnu::cold]] std::size_t place(const csv_column& wanted) const {
        if (wanted.number != 0) {
            if (wanted.number >= 1 && static_cast<std::size_t>(wanted.number) <= columns_)
                return static_cast<std::size_t>(wanted.number) - 1;
            raise<file_error>(sentence({"strata: ", path_, ", line 1: a column was chosen by a number that is not from 1 to ",
                                        columns_, ", which are all the columns. They are counted from 1."}));
        }
        if (header_.empty())
            raise<file_error>(sentence({"strata: ", path_, " is read without a header, so that its column '", wanted.name,
                                        "' cannot be found by name: give the column's number, counted from 1."}));
        const auto first = std::find(header_.begin(), header_.end(), wanted.name);
        if (first == header_.end()) {
            std::string names;
            for (std::size_t c = 0; c < columns_ && c < 20; ++c)
                names += sentence({c == 0 ? "'" : ", '", beginning(header_[c]), "'"});
            raise<file_error>(sentence({"strata: ", path_, ", line 1: there is no column '", wanted.name, "' among ", columns_, ": ",
                                        names, columns_ > 20 ? ", ..." : "",
                                        ". Name one of them, or give its number, counted from 1."}));
        }
        if (std::find(first + 1, header_.end(), wanted.name) != header_.end())
            raise<file_error>(sentence({"strata: ", path_, ", line 1: several columns are named '", wanted.name,
                                        "': choose one by its number, counted from 1."}));
        return static_cast<std::size_t>(first - header_.begin());
    }

    [[nodiscard]] float number(std::size_t c) const {
        std::string_view text = records_.field(c);
        while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
        while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
        if (text.empty()) refuse(c, {"the number is missing. Fill it in, or remove the line or the column."});
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
                refuse(c, {"'", beginning(text), "' is beyond what a float can hold. Give the column in another unit."});
            }
        }
        if (problem != std::errc() || stop != end)
            refuse(c, {"'", beginning(records_.field(c)), "' is not a number. Correct it, or name the features without this column."});
        if (!std::isfinite(value))
            refuse(c, {"'", beginning(text), "' is not a finite number. Fill it in, or remove the line or the column."});
        return value;
    }

    csv_records records_;
    std::string path_;
    std::size_t columns_ = 0;
    std::vector<std::string> header_;
    std::vector<std::size_t> features_, targets_;
    bool at_sample_ = false;
};

/// Whether a text is a whole number, without a plus sign or zeros in front.
[[nodiscard, gnu::cold]] inline bool is_whole_number(std::string_view text) {
    long long n = 0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), n);
    return problem == std::errc() && stop == text.data() + text.size() && sentence({n}) == text;
}

} // namespace detail

/// A labelled data set: the one target column holds texts, each different one a class; `class_names()` keeps them.
[[nodiscard, gnu::cold]] inline in_memory<class_index> csv_classes(const std::string& path, const csv_options& options) {
    detail::csv_table table(path, options);
    if (table.targets() != 1)
        raise<file_error>(sentence({"strata: ", table.targets(), " targets were chosen in ", path,
                                    " for classes, which one column tells. Choose one, or read values."}));
    contents all;
    all.sample = shape(static_cast<int>(table.features()));
    all.origin = path;
    all.class_names = options.class_names;
    std::map<std::string, int, std::less<>> numbers;
    for (std::size_t c = 0; c < all.class_names.size(); ++c)
        if (!numbers.emplace(all.class_names[c], static_cast<int>(c)).second)
            raise<file_error>(sentence({"strata: the class names given for ", path, " hold '", all.class_names[c],
                                        "' twice: a class has one number."}));
    for (; table.at_sample(); table.next()) {
        table.add_features(all.floats);
        const std::string_view text = table.target_text();
        auto known = numbers.find(text);
        if (known == numbers.end()) {
            if (!options.class_names.empty()) table.refuse_class(options.class_names.size());
            known = numbers.emplace(text, static_cast<int>(all.class_names.size())).first;
            all.class_names.emplace_back(text);
        }
        all.labels.push_back(known->second);
    }
    if (options.class_names.empty() && options.order == class_order::sorted) {
        std::vector<std::string> sorted = all.class_names;
        if (std::all_of(sorted.begin(), sorted.end(), detail::is_whole_number))
            std::sort(sorted.begin(), sorted.end(), [](const std::string& a, const std::string& b) { return std::stoll(a) < std::stoll(b); });
        else
            std::sort(sorted.begin(), sorted.end());
        std::vector<int> now(sorted.size());
        for (std::size_t c = 0; c < sorted.size(); ++c) now[static_cast<std::size_t>(numbers[sorted[c]])] = static_cast<int>(c);
        for (int& label : all.labels) label = now[static_cast<std::size_t>(label)];
        all.class_names = std::move(sorted);
    }
    all.classes = static_cast<int>(all.class_names.size());
    return in_memory<class_index>(std::move(all));
}

/// A data set with dense targets: the target columns hold numbers, targets [T] in the order in which they are named.
[[nodiscard, gnu::cold]] inline in_memory<values> csv_values(const std::string& path, const csv_options& options) {
    detail::csv_table table(path, options);
    contents all;
    all.sample = shape(static_cast<int>(table.features()));
    all.target = shape(static_cast<int>(table.targets()));
    all.origin = path;
    for (; table.at_sample(); table.next()) {
        table.add_features(all.floats);
        table.add_targets(all.targets);
    }
    return in_memory<values>(std::move(all));
}

} // namespace strata::inline v0_1::data
