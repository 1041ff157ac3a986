#pragma once
/// rates_csv — the learning rates of a run as a text of a checkpoint, and back: the columns epochs and rate. A rate
/// equal to that of the line before is left empty. So the curve of a resumed run is that of the whole.
/// Errors   file_error, naming the line and the column
#include <strata/io/text/csv_field.hpp>
#include <strata/io/text/csv_records.hpp>
#include <strata/io/text/text_source.hpp>
#include <strata/train/history/run_description.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

[[nodiscard, gnu::cold, gnu::noinline]] inline std::string rates_to_csv(const std::vector<rate_point>& rates) {
    std::string text = "epochs,rate\r\n";
    const rate_point* before = nullptr;
    for (const rate_point& p : rates) {
        text += io::csv_field(p.epochs) + ",";
        if (before == nullptr || before->rate != p.rate) text += io::csv_field(p.rate);
        text += "\r\n";
        before = &p;
    }
    return text;
}

/// `source` names the text in messages.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::vector<rate_point> rates_from_csv(std::string_view text,
                                                                                      const std::string& source) {
    std::vector<rate_point> rates;
    if (text.empty()) return rates; // a checkpoint that was written without them
    io::csv_records<io::text_source> csv(text, source);
    for (bool names = true; csv.next(); names = false) {
        if (csv.fields() != 2) csv.refuse(0, {"the rates of a run have the columns epochs and rate."});
        if (names) continue;
        const bool same = csv.field(1).empty() && !rates.empty();
        rates.push_back({csv.number(0), same ? rates.back().rate : csv.number(1)});
    }
    return rates;
}

} // namespace strata::inline STRATA_ABI::detail
