#pragma once
/// csv — data sets from files of comma-separated values, plain or gzipped.
///
///   auto flowers = data::csv_classes("iris.csv", {.targets = {"species"}});        // in_memory<class_index>
///   auto houses = data::csv_values("houses.csv", {.features = {"rooms", 6}, .targets = {"price"}});
///   auto more = data::csv_values("more.csv", {.like = houses});       // the same columns, categories and classes
///   std::vector<float> x = data::csv_features("new.csv", {.like = houses});   // without targets, for net(x)
///
/// Each line is a sample, with its features in the order in which they are named; a one-hot column gives a number for
/// each category. Numbers are kept as floats if those hold every digit, else as doubles, which a model of fp64 reads.
/// The file is read from front to back: memory holds the chosen numbers, the class names, and one record. If
/// categories, means or medians are asked for, the file is read twice.
///
/// A note on stderr says where different numbers of a column become one float, and where classes look like quantities.
///
/// Errors   file_error, naming file, line and column: what csv_records reports; a column that is missing or named
///          twice; a feature, target or weight that is missing, not a number or not finite; a missing or unknown class
///          or category. Nothing is half loaded.
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/csv_class_names.hpp>
#include <strata/data/csv/csv_encoding.hpp>
#include <strata/data/csv/csv_notes.hpp>
#include <strata/data/csv/csv_options.hpp>
#include <strata/data/csv/csv_survey.hpp>
#include <strata/data/csv/csv_table.hpp>
#include <strata/data/csv/growing_numbers.hpp>
#include <strata/data/in_memory.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

namespace detail {

/// A table over a file, its encoding complete.
[[nodiscard, gnu::cold]] inline csv_table<> open_csv(const std::string& path, const csv_options& given,
                                                     csv_reading what) {
    const auto open = [&](const csv_options& options) { return csv_table<>(path, path, options, what); };
    return open(complete_options(given, open));
}
/// Checks that a sample's extent is one.
[[nodiscard, gnu::cold]] inline shape csv_sample_shape(std::size_t width, const std::string& path) {
    if (width > std::size_t{1} << 24)
        raise<file_error>(sentence({"strata: ", path, " would give ", width,
                                    " numbers per sample; the maximum is 16777216. Choose fewer columns."}));
    return shape(static_cast<int>(width));
}
[[nodiscard, gnu::cold]] inline std::string csv_origin(const std::string& path, std::size_t dropped) {
    return dropped == 0 ? path
                        : sentence({path, " (without ", dropped,
                                    dropped == 1 ? " line that lacks a value)" : " lines that lack a value)"});
}

/// Reads all samples; `target` is called at each one.
template <class Target>
[[gnu::cold]] void read_csv(csv_table<>& table, const std::string& path, contents& all, csv_narrowing& look,
                            Target target) {
    const csv_encoding& e = *table.columns().encoding();
    all.sample = csv_sample_shape(e.width(), path);
    growing_numbers numbers;
    std::vector<double> one(e.width());
    for (; table.at_sample(); table.next()) {
        table.columns().read_features(table.record(), std::span(one));
        look.look(e, one);
        for (const double x : one) numbers.add(x);
        if (table.columns().has_weight())
            all.weights.push_back(static_cast<float>(table.columns().read_weight(table.record())));
        target();
    }
    all.floats = std::move(numbers.floats), all.doubles = std::move(numbers.doubles);
    all.origin = csv_origin(path, table.dropped());
    all.encoding = table.columns().encoding();
    all.feature_names = e.feature_names();
    look.say(e, path);
}

} // namespace detail

/// A labelled data set: the one target column holds texts, each different one a class; `class_names()` keeps
/// them.
[[nodiscard, gnu::cold]] inline in_memory<class_index> csv_classes(const std::string& path,
                                                                   const csv_options& options) {
    auto table = detail::open_csv(path, options, csv_reading::classes);
    const auto encoding = table.columns().encoding();
    csv_class_names classes(encoding->class_names, encoding->options.order, path);
    const bool given = classes.size() > 0;
    contents all;
    csv_narrowing look(*encoding);
    detail::read_csv(table, path, all, look, [&] {
        const int number = classes.meet(table.target_text());
        if (number < 0) table.refuse_class(static_cast<std::size_t>(classes.size()));
        all.labels.push_back(number);
    });
    const std::vector<int> now = classes.put_in_order();
    for (int& label : all.labels) label = now[static_cast<std::size_t>(label)];
    all.class_names = classes.names();
    all.classes = static_cast<int>(all.class_names.size());
    if (!given) say_many_classes(classes, all.labels.size(), encoding->targets[0], path);
    auto with_classes = std::make_shared<csv_encoding>(*encoding);
    with_classes->class_names = all.class_names;
    all.encoding = std::move(with_classes);
    return in_memory<class_index>(std::move(all));
}

/// A data set with dense targets: the target columns hold numbers, targets [T] in the order in which they are
/// named.
[[nodiscard, gnu::cold]] inline in_memory<values> csv_values(const std::string& path, const csv_options& options) {
    auto table = detail::open_csv(path, options, csv_reading::values);
    contents all;
    all.target = shape(static_cast<int>(table.columns().targets()));
    growing_numbers targets;
    std::vector<double> one(table.columns().targets());
    csv_narrowing look(*table.columns().encoding());
    detail::read_csv(table, path, all, look, [&] {
        table.columns().read_targets(table.record(), std::span(one));
        look.look_at_targets(one);
        for (const double t : one) targets.add(t);
    });
    all.targets = std::move(targets.floats), all.double_targets = std::move(targets.doubles);
    return in_memory<values>(std::move(all));
}

/// The features alone, one sample after the other: what `net(x)` takes. With `.like`, the file needs no target. Row i
/// is line i of the file: csv_missing::drop is an error where a value is missing.
template <class T = float>
[[nodiscard, gnu::cold]] std::vector<T> csv_features(const std::string& path, const csv_options& options) {
    auto table = detail::open_csv(path, options, csv_reading::features);
    const std::size_t width = table.columns().width();
    std::vector<T> all;
    for (; table.at_sample(); table.next()) {
        all.resize(all.size() + width);
        table.columns().read_features(table.record(), std::span(all).last(width));
    }
    table.require_all_lines(path);
    return all;
}

} // namespace strata::inline STRATA_ABI::data
