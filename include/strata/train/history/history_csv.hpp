#pragma once
/// history_csv — a history as the text of a CSV file, and back: the columns epoch, loss, each metric, held_out_loss,
/// held_out_ and each metric, rate, seconds under a line of their names; behind a metric, as accuracy_standard_error,
/// its standard error where any is known. Fields of held-out samples are empty where none were evaluated.
/// Errors   file_error, naming the line and the column
/// Source   RFC 4180
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/beginning.hpp>
#include <strata/io/text/csv_field.hpp>
#include <strata/io/text/csv_records.hpp>
#include <strata/io/text/text_source.hpp>
#include <strata/train/history/epoch_record.hpp>

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

inline constexpr const char* standard_error_suffix = "_standard_error";

// (Of any history, so that a program compiles them only if it uses them.)

/// `names` head the metrics' columns.
template <class History>
[[nodiscard, gnu::cold]] std::string history_to_csv(const History& h, const std::vector<std::string>& names) {
    std::vector<bool> with_error;
    for (std::size_t i = 0; i < names.size(); ++i) // a metric of that name is not taken for the error
        with_error.push_back(h.has_standard_error(i)
                             || (i + 1 < names.size() && names[i + 1] == names[i] + standard_error_suffix));
    std::string text = "epoch,loss";
    const auto name_metrics = [&](const std::string& before) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            text += "," + io::csv_field(before + names[i]);
            if (with_error[i]) text += "," + io::csv_field(before + names[i] + standard_error_suffix);
        }
    };
    name_metrics("");
    text += ",held_out_loss";
    name_metrics("held_out_");
    text += ",rate,seconds\r\n";
    for (const auto& e : h.epochs) {
        text += sentence({e.epoch}) + "," + io::csv_field(e.loss);
        for (std::size_t i = 0; i < names.size(); ++i) {
            text += "," + io::csv_field(e.metric_at(i));
            if (with_error[i]) text += "," + io::csv_field(e.standard_error_at(i));
        }
        const auto add_held_out = [&](double x) { text += e.has_held_out ? "," + io::csv_field(x) : ","; };
        add_held_out(e.held_out_loss);
        for (std::size_t i = 0; i < names.size(); ++i) {
            add_held_out(e.held_out_metric_at(i));
            if (with_error[i]) add_held_out(e.held_out_standard_error_at(i));
        }
        text += "," + io::csv_field(e.rate) + "," + io::csv_field(e.seconds) + "\r\n";
    }
    return text;
}

/// Takes the metrics' names, and gives for each whether its standard error stands behind it.
template <class Records>
[[nodiscard, gnu::cold]] std::vector<bool> read_history_columns(const Records& csv, std::vector<std::string>& names) {
    const auto expect = [&](std::size_t i, const std::string& name) {
        const bool there = i < csv.fields();
        if (!there || csv.field(i) != name)
            csv.refuse(i, {"the column '", name, "' is expected here, not '",
                           there ? io::beginning(csv.field(i)) : "nothing",
                           "'; a history has the columns epoch, loss, its metrics, held_out_loss, held_out_ with each "
                           "metric, rate and seconds, separated by commas."});
    };
    expect(0, "epoch"), expect(1, "loss");
    std::size_t i = 2;
    std::vector<bool> with_error;
    while (i < csv.fields() && csv.field(i) != "held_out_loss") {
        names.emplace_back(csv.field(i++));
        with_error.push_back(i < csv.fields() && csv.field(i) == names.back() + standard_error_suffix);
        if (with_error.back()) ++i;
    }
    expect(i++, "held_out_loss");
    for (std::size_t m = 0; m < names.size(); ++m) {
        expect(i++, "held_out_" + names[m]);
        if (with_error[m]) expect(i++, "held_out_" + names[m] + standard_error_suffix);
    }
    expect(i++, "rate"), expect(i++, "seconds");
    if (i != csv.fields())
        csv.refuse(i, {"'", io::beginning(csv.field(i)), "' follows the last column, seconds. Remove it."});
    return with_error;
}

/// `source` names the text in messages.
template <class History>
[[nodiscard, gnu::cold]] History history_from_csv(std::string_view text, const std::string& source) {
    io::csv_records<io::text_source> csv(text, source);
    if (!csv.next())
        raise<file_error>(
            sentence({"strata: ", source, ", line 1: the text is empty; a history begins with its column names."}));
    History h;
    const std::vector<bool> with_error = read_history_columns(csv, h.metric_names);
    std::size_t wide = 0; // fields of metrics, on either side
    for (const bool known : with_error) wide += known ? 2 : 1;
    const std::size_t fields = 5 + 2 * wide;
    while (csv.next()) {
        epoch_record e;
        e.epoch = csv.integer(0), e.loss = csv.number(1);
        const auto read_metrics = [&](std::size_t at, std::vector<double>& values, std::vector<double>& errors) {
            for (const bool known : with_error) {
                values.push_back(csv.number(at++));
                errors.push_back(known ? csv.number(at++) : std::numeric_limits<double>::quiet_NaN());
            }
        };
        std::vector<double> here, errors_here, there, errors_there;
        read_metrics(2, here, errors_here);
        e.set_metrics(std::move(here), std::move(errors_here));
        std::size_t empty = 0;
        for (std::size_t i = 0; i <= wide; ++i) empty += csv.field(2 + wide + i).empty();
        if (empty != 0 && empty != wide + 1)
            csv.refuse(2 + wide, {"some held-out fields are empty and some are not. Fill in all or none."});
        if (empty == 0) {
            read_metrics(3 + wide, there, errors_there);
            e.set_held_out(csv.number(2 + wide), std::move(there), std::move(errors_there));
        }
        e.rate = csv.number(fields - 2), e.seconds = csv.number(fields - 1);
        h.epochs.push_back(e);
    }
    return h;
}

} // namespace strata::inline STRATA_ABI::detail
