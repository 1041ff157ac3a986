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
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/data/csv_class_names.hpp>
#include <strata/data/csv_options.hpp>
#include <strata/data/csv_table.hpp>
#include <strata/data/in_memory.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

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
    csv_class_names classes(options, path);
    for (; table.at_sample(); table.next()) {
        table.add_features(all.floats);
        const int number = classes.meet(table.target_text());
        if (number < 0) table.refuse_class(options.class_names.size());
        all.labels.push_back(number);
    }
    const std::vector<int> now = classes.put_in_order();
    for (int& label : all.labels) label = now[static_cast<std::size_t>(label)];
    all.class_names = classes.names();
    all.classes = static_cast<int>(all.class_names.size());
    return in_memory<class_index>(std::move(all));
}

/// A data set with dense targets: the target columns hold numbers, targets [T] in the order in which they are
/// named.
[[nodiscard, gnu::cold]] inline in_memory<values> csv_values(const std::string& path, const csv_options& options) {
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

} // namespace strata::inline STRATA_ABI::data
