#pragma once
/// csv_survey — goes through a CSV file, as often as its options ask for, to complete its encoding before it is read:
/// which features are texts, their categories, the mean or median of each column. A file whose options ask for
/// none of that is read once.
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/csv_encoding.hpp>
#include <strata/data/csv/csv_table.hpp>
#include <strata/io/beginning.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// Most categories of a column: of one that was named in one_hot, and of one that one_hot_text found.
inline constexpr int most_categories = 65'536, most_found_categories = 1'000;

/// Must a file be gone through before it is read?
[[nodiscard, gnu::cold]] inline bool wants_survey(const csv_options& o) {
    return !o.like.given()
           && (o.one_hot_text || !o.one_hot.empty() || o.missing == csv_missing::mean
               || o.missing == csv_missing::median);
}

/// Makes every feature with a text one of texts, and tells which were found. Lines that are left out do not count.
/// Which lines are left out depends on the texts, since "none" is a missing value in a column of numbers alone. So all
/// columns are taken for texts at first; those without one become numbers, until nothing changes.
template <class EachLine>
[[nodiscard, gnu::cold]] std::vector<unsigned char> find_texts(csv_encoding& e, const EachLine& each_line) {
    const std::size_t n = e.features.size();
    std::vector<unsigned char> found(n);
    if (!e.options.one_hot_text) return found;
    for (std::size_t i = 0; i < n; ++i)
        if (!e.features[i].is_text) found[i] = 1, e.features[i].is_text = true;
    for (bool again = true; again;) {
        again = false;
        std::vector<unsigned char> has_text(n), has_none(n);
        each_line([&](const csv_columns& columns, const auto& record) {
            for (std::size_t i = 0; i < n; ++i) {
                if (found[i] == 0 || has_text[i] != 0) continue;
                const auto text = columns.feature_text(record, i);
                if (csv_encoding::number_of(text).kind != csv_number_kind::text) continue;
                if (csv_encoding::is_none(text)) has_none[i] = 1;
                else if (!e.is_missing(e.features[i], text)) has_text[i] = 1;
            }
        });
        for (std::size_t i = 0; i < n; ++i) {
            if (found[i] == 0 || has_text[i] != 0) continue;
            found[i] = 0, e.features[i].is_text = false;
            again = again || (has_none[i] != 0 && e.options.missing == csv_missing::drop);
        }
    }
    for (std::size_t i = 0; i < n; ++i)
        if (found[i] != 0) {
            e.features[i].fill.reset();
            e.features[i].categories = csv_class_names({}, class_order::sorted, e.path);
        }
    return found;
}

/// Completes an encoding. `open(like)` gives a csv_table at the first line, read with the encoding so far.
template <class Open>
[[nodiscard, gnu::cold]] std::shared_ptr<const csv_encoding> surveyed(const csv_encoding& begun, Open open) {
    auto e = std::make_shared<csv_encoding>(begun);
    const auto each_line = [&](auto visit) {
        auto table = open(csv_like(std::shared_ptr<const csv_encoding>(e)));
        for (; table.at_sample(); table.next()) visit(table.columns(), table.record());
    };
    const std::vector<unsigned char> found = find_texts(*e, each_line);
    const bool mean = e->options.missing == csv_missing::mean, median = e->options.missing == csv_missing::median;
    std::vector<double> sums(e->features.size());
    std::vector<std::size_t> counts(e->features.size());
    std::vector<csv_class_names> categories(e->features.size());
    each_line([&](const csv_columns& columns, const auto& record) {
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const csv_encoding::column& c = e->features[i];
            const auto text = columns.feature_text(record, i);
            if ((!c.is_text && !mean && !median) || e->is_missing(c, text)) continue;
            if (!c.is_text) {
                ++counts[i], sums[i] += e->number(c, text, columns.refusing_feature(record, i));
                continue;
            }
            const int most = found[i] != 0 ? most_found_categories : most_categories;
            if (categories[i].meet(e->plain(text)) == most)
                columns.refuse_feature(record, i,
                                       {"counting '", io::beginning(text), "', the column has more than ", most,
                                        " different texts, too many for categories. Leave it out of the features",
                                        found[i] != 0 ? ", or add it to .one_hot." : "."});
        }
    });
    for (std::size_t i = 0; i < counts.size(); ++i) {
        csv_encoding::column& c = e->features[i];
        if (c.is_text) {
            static_cast<void>(categories[i].put_in_order());
            c.categories = std::move(categories[i]);
        }
        const bool none = c.is_text ? c.categories.size() == 0 : (mean || median) && counts[i] == 0;
        if (none)
            raise<file_error>(sentence({"strata: ", e->path, ", ", c.words,
                                        ": the value is missing in every line. Leave it out of the features."}));
        if (mean && !c.is_text) c.fill = sums[i] / static_cast<double>(counts[i]);
    }
    if (median) { // some columns at a time, in at most 256 MiB or one column
        for (std::size_t first = 0, behind = 0; first < counts.size(); first = behind) {
            std::vector<std::vector<double>> numbers(counts.size());
            std::size_t held = 0;
            for (; behind < counts.size() && (held == 0 || held + counts[behind] <= std::size_t{32} << 20); ++behind)
                if (!e->features[behind].is_text) held += counts[behind];
            each_line([&](const csv_columns& columns, const auto& record) {
                for (std::size_t i = first; i < behind; ++i) {
                    const csv_encoding::column& c = e->features[i];
                    const auto text = columns.feature_text(record, i);
                    if (!c.is_text && !e->is_missing(c, text))
                        numbers[i].push_back(e->number(c, text, columns.refusing_feature(record, i)));
                }
            });
            for (std::size_t i = first; i < behind; ++i) {
                std::vector<double>& all = numbers[i];
                if (all.empty()) continue;
                const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
                std::nth_element(all.begin(), middle, all.end());
                const double upper = *middle, lower = *std::max_element(all.begin(), middle + (all.size() % 2));
                e->features[i].fill = all.size() % 2 != 0 ? upper : lower + (upper - lower) / 2;
            }
        }
    }
    return e;
}

/// The options with which a file is read in the end: with a complete encoding, where it has to be surveyed.
/// `open(options)` gives a csv_table.
template <class Open>
[[nodiscard, gnu::cold]] csv_options complete_options(const csv_options& given, const Open& open) {
    csv_options options = csv_effective(given);
    if (!wants_survey(options)) return options;
    csv_options all_lines = options; // which lines are left out is known after the survey
    if (options.missing == csv_missing::drop) all_lines.missing = csv_missing::error;
    csv_encoding begun = *open(all_lines).columns().encoding();
    begun.options.missing = options.missing;
    options.like = csv_like(surveyed(begun, [&](csv_like so_far) {
        csv_options now = options;
        now.like = std::move(so_far);
        return open(now);
    }));
    return options;
}

} // namespace strata::inline STRATA_ABI::data
