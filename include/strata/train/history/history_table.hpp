#pragma once
/// history_table — a history as text: a line per epoch, in columns of one width; the learning rate stands in it if it
/// changed, and behind +- the standard errors of what epochs are judged by; below it how the fit ended, and its notes.
#include <strata/base/words/display_width.hpp>
#include <strata/base/words/sentence.hpp>

#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// `names` head the metrics' columns. (Of any history, so that a program compiles it only if it uses it.)
template <class History>
[[nodiscard, gnu::cold]] std::string history_table(const History& h, const std::vector<std::string>& names) {
    const bool held_out = h.has_held_out();
    bool with_rates = false;
    for (const auto& e : h.epochs) with_rates = with_rates || (e.rate == e.rate && e.rate != h.epochs.front().rate);
    std::string table;
    const auto add = [&](int width, const std::string& word) {
        if (!table.empty() && table.back() != '\n') table += "  ";
        table += padded_to_width(word, static_cast<std::size_t>(width), true);
    };
    const auto number = [&](const char* format, double x) {
        char text[32]; // 12 characters at most: -1.2346e-100
        std::snprintf(text, sizeof text, format, x);
        return std::string(text);
    };
    const auto with_error = [&](double x, double error) {
        const std::string value = number("%.5g", x);
        if (error != error) return value;
        std::string digits = number("%#.2g", error); // of constant length, mostly
        if (digits.back() == '.') digits.pop_back();
        return value + " +- " + digits;
    };
    // a column is as wide as what heads it, and as most numbers are: 0.96875 +- 0.0017
    std::vector<std::string> heads;
    std::vector<int> widths;
    const auto head = [&](std::string word, int least) {
        const auto columns = static_cast<int>(display_width(word));
        widths.push_back(columns > least ? columns : least);
        heads.push_back(std::move(word));
    };
    for (std::size_t i = 0; i < names.size(); ++i) head(names[i], !held_out && h.has_standard_error(i) ? 19 : 12);
    for (std::size_t i = 0; held_out && i < names.size(); ++i)
        head("held-out " + names[i], h.has_standard_error(i) ? 19 : 18);
    add(5, "epoch"), add(10, "loss");
    for (std::size_t i = 0; i < names.size(); ++i) add(widths[i], heads[i]);
    if (held_out) add(13, "held-out loss");
    for (std::size_t i = names.size(); i < heads.size(); ++i) add(widths[i], heads[i]);
    if (with_rates) add(10, "rate");
    add(8, "seconds"), table += '\n';
    for (const auto& e : h.epochs) {
        add(5, sentence({e.epoch})), add(10, number("%.5g", e.loss));
        for (std::size_t i = 0; i < names.size(); ++i)
            add(widths[i],
                held_out ? number("%.5g", e.metric_at(i)) : with_error(e.metric_at(i), e.standard_error_at(i)));
        if (held_out) {
            add(13, e.has_held_out ? number("%.5g", e.held_out_loss) : "-");
            for (std::size_t i = 0; i < names.size(); ++i)
                add(widths[names.size() + i],
                    e.has_held_out ? with_error(e.held_out_metric_at(i), e.held_out_standard_error_at(i)) : "-");
        }
        if (with_rates) add(10, number("%.4g", e.rate));
        char seconds[64];
        const bool brief = e.seconds > 0 && e.seconds < 0.095;
        std::snprintf(seconds, sizeof seconds, brief ? "%.2g" : "%.2f", e.seconds);
        add(8, seconds), table += '\n';
    }
    const std::string last_line = h.ending();
    if (!last_line.empty()) table += last_line + '\n';
    for (const std::string& note : h.notes)
        if (note != last_line) table += note + '\n';
    return table;
}

} // namespace strata::inline STRATA_ABI::detail
