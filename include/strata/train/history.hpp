#pragma once
/// history — what `fit` returns: one record per epoch, the best of them, and a table to print.
#include <cstddef>
#include <cstdio>
#include <strata/base/error.hpp>
#include <string>
#include <vector>

namespace strata::inline v0_1 {

/// What one epoch came to. Losses and metrics are means over samples; seconds are wall time.
struct epoch_record {
    int epoch = 0; ///< 1, 2, ...
    double loss = 0, metric = 0;
    double held_out_loss = 0, held_out_metric = 0;
    double seconds = 0;
    bool has_held_out = false;
};

struct history {
    std::vector<epoch_record> epochs;

    /// The epoch with the lowest held-out loss (the lowest loss, when nothing was held out); of equal ones
    /// the first. An epoch whose loss is not a number is never best. Raises `error` when there is no
    /// candidate.
    [[nodiscard]] const epoch_record& best() const {
        bool held_out = false;
        for (const auto& e : epochs) held_out = held_out || e.has_held_out;
        const epoch_record* found = nullptr;
        for (const auto& e : epochs) {
            if (held_out && !e.has_held_out) continue;
            const double loss = held_out ? e.held_out_loss : e.loss;
            if (loss != loss) continue;
            if (found == nullptr || loss < (held_out ? found->held_out_loss : found->loss)) found = &e;
        }
        if (found == nullptr)
            raise("strata: this history has no best epoch: none of its " + std::to_string(epochs.size())
                  + " epochs has a loss that is a number; call fit first, with a lower learning rate if it "
                    "has run.");
        return *found;
    }

    /// A table, one line per epoch, in fixed columns; `metric` heads its column.
    [[nodiscard]] std::string to_text(const char* metric = "accuracy") const {
        const std::string head = std::string{metric}.substr(0, 12);
        const std::string held_out_head = ("held-out " + std::string{metric}).substr(0, 18);
        bool held_out = false;
        for (const auto& e : epochs) held_out = held_out || e.has_held_out;

        std::string table;
        char line[160];
        std::snprintf(line, sizeof line, "%5s  %10s  %12s", "epoch", "loss", head.c_str());
        table += line;
        if (held_out) {
            std::snprintf(line, sizeof line, "  %13s  %18s", "held-out loss", held_out_head.c_str());
            table += line;
        }
        table += "   seconds\n";
        for (const auto& e : epochs) {
            std::snprintf(line, sizeof line, "%5d  %10.5g  %12.5g", e.epoch, e.loss, e.metric);
            table += line;
            if (e.has_held_out)
                std::snprintf(line, sizeof line, "  %13.5g  %18.5g", e.held_out_loss, e.held_out_metric);
            else
                std::snprintf(line, sizeof line, "  %13s  %18s", "-", "-");
            if (held_out) table += line;
            std::snprintf(line, sizeof line, "  %8.2f\n", e.seconds);
            table += line;
        }
        return table;
    }
};

} // namespace strata::inline v0_1
