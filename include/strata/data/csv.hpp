#pragma once
/// csv — data sets from files of comma-separated values, plain or packed with gzip.
///
///   auto flowers = data::csv_classes("iris.csv", {.targets = {"species"}});        // in_memory<class_index>
///   auto houses = data::csv_values("houses.csv", {.features = {"rooms", 6}, .targets = {"price"}});
///
/// Each line is a sample, features [F] in the order in which they are named. The file is read from front to
/// back: memory holds the chosen numbers that were really met, the class names, and one record.
///
/// Errors   file_error, naming file, line and column: what csv_records says, a column that is not there or
///          named twice, a feature or a target that is missing, no number or not finite, a missing or unknown
///          class. Nothing is half loaded.
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <functional>
#include <map>
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/data/csv_options.hpp>
#include <strata/data/csv_table.hpp>
#include <strata/data/in_memory.hpp>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace strata::inline v0_1::data {

namespace detail {

/// Whether a text is a whole number, without a plus sign or zeros in front.
[[nodiscard, gnu::cold]] inline bool is_whole_number(std::string_view text) {
    long long n = 0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), n);
    return problem == std::errc() && stop == text.data() + text.size() && sentence({n}) == text;
}

} // namespace detail

/// A labelled data set: the one target column holds texts, each different one a class; `class_names()` keeps
/// them.
[[nodiscard, gnu::cold]] inline in_memory<class_index> csv_classes(const std::string& path,
                                                                   const csv_options& options) {
    csv_table table(path, options);
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
            raise<file_error>(sentence({"strata: the class names given for ", path, " hold '",
                                        all.class_names[c], "' twice: a class has one number."}));
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
            std::sort(sorted.begin(), sorted.end(), [](const std::string& a, const std::string& b) {
                return std::stoll(a) < std::stoll(b);
            });
        else
            std::sort(sorted.begin(), sorted.end());
        std::vector<int> now(sorted.size());
        for (std::size_t c = 0; c < sorted.size(); ++c)
            now[static_cast<std::size_t>(numbers[sorted[c]])] = static_cast<int>(c);
        for (int& label : all.labels) label = now[static_cast<std::size_t>(label)];
        all.class_names = std::move(sorted);
    }
    all.classes = static_cast<int>(all.class_names.size());
    return in_memory<class_index>(std::move(all));
}

/// A data set with dense targets: the target columns hold numbers, targets [T] in the order in which they are
/// named.
[[nodiscard, gnu::cold]] inline in_memory<values> csv_values(const std::string& path,
                                                             const csv_options& options) {
    csv_table table(path, options);
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
