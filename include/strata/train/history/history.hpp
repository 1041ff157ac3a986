#pragma once
/// history — the result of `fit`: a record per epoch, the best epoch, a table to print, and a CSV file.
///
///   const strata::history h = trainer.fit(train, held_out, {.epochs = 10});
///   std::printf("%s", h.to_text().c_str());
///   h.best().epoch;                                // the lowest held-out loss
///   h.best("accuracy").epoch;                      // the highest held-out accuracy
///   h.save_csv("run.csv");                         // history::load_csv reads it back
///
/// Errors   error where there is no best epoch or no such metric; file_error from files
/// Source   RFC 4180 (the CSV file)
///
/// Members that write or read text are templates without parameters, so that a program compiles them only if it uses
/// them.
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/read_file.hpp>
#include <strata/io/write_file.hpp>
#include <strata/train/history/epoch_criterion.hpp>
#include <strata/train/history/epoch_record.hpp>
#include <strata/train/history/history_csv.hpp>
#include <strata/train/history/history_table.hpp>
#include <strata/train/history/run_description.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

struct history {
    std::vector<epoch_record> epochs = {};
    bool interrupted = false; ///< by a signal, such as Ctrl-C, before its last epoch was finished
    std::vector<std::string> metric_names = {};
    std::vector<bool> higher_is_better = {}; ///< of each metric; a CSV file does not tell
    bool stopped_early = false; ///< by early_stopping, which also tells the rest; none of it is in a CSV file
    bool restored = false;      ///< whether other parameters than the last step's were brought back
    int restored_epoch = 0;     ///< those of which epoch; 0: from before the fit
    bool diverged = false;      ///< the loss of an epoch was over a hundred times that of the first step
    /// What a user should know of the fit, a sentence each: a loss that grew, what early stopping follows.
    std::vector<std::string> notes = {};
    run_description run = {};           ///< what the fit was told; not in a CSV file
    std::vector<rate_point> rates = {}; ///< of the steps, of about a thousand in a long fit; not in a CSV file
    std::string interruption = {};      ///< by which signal, after which step, and how to go on; also in `notes`

    /// What epochs are judged by: a loss or metric, over the held-out samples where there are any. An epoch
    /// that was not evaluated on them is then no candidate, and NaN is never better.
    using criterion = detail::epoch_criterion;

    /// The criterion of that name. Raises `error` where there is no such metric, or where nothing tells
    /// whether it is better when higher.
    template <class = void>
    [[nodiscard, gnu::cold]] criterion judged_by(std::string_view name) const {
        criterion by{name, -1, false, has_held_out()};
        if (name == "loss") return by;
        std::string known = "loss";
        for (std::size_t i = 0; i < metric_names.size(); ++i) {
            known += ", " + metric_names[i];
            if (metric_names[i] != name) continue;
            if (i >= higher_is_better.size())
                raise(sentence({"strata: this history does not say whether a higher ", name,
                                " is better, because a file does not store it. Set higher_is_better, one value for "
                                "each of metric_names."}));
            by.metric = static_cast<int>(i), by.higher_is_better = higher_is_better[i];
            return by;
        }
        raise(sentence({"strata: this history has no metric '", name, "'; it has ", known, "."}));
    }

    /// The epoch with the lowest held-out loss (the lowest loss, when nothing was held out), or with the best
    /// value of a metric; of equal ones the first. An epoch where that is not a number is never best. Raises
    /// `error` when there is no candidate.
    template <class = void>
    [[nodiscard, gnu::cold]] const epoch_record& best(std::string_view by = "loss") const& {
        const criterion judge = judged_by(by);
        const epoch_record* found = nullptr;
        for (const auto& e : epochs) {
            const double value = judge(e);
            if (!judge.judges(e) || value != value) continue;
            if (found == nullptr || judge.better(value, judge(*found))) found = &e;
        }
        if (found == nullptr && epochs.empty())
            raise(sentence({"strata: this history has no best epoch: ", why_empty(), "."}));
        if (found == nullptr)
            raise(sentence({"strata: this history has no best epoch: none of its ", epochs.size(), " epochs has a ", by,
                            " that is a number. Call fit with a lower learning rate."}));
        return *found;
    }
    /// Of a temporary history, a copy.
    template <class = void>
    [[nodiscard, gnu::cold]] epoch_record best(std::string_view by = "loss") && {
        return std::as_const(*this).best(by);
    }

    /// Whether any epoch was evaluated on held-out samples.
    [[nodiscard]] bool has_held_out() const {
        for (const auto& e : epochs)
            if (e.has_held_out) return true;
        return false;
    }

    /// Whether the standard error of metric i is known of any epoch.
    [[nodiscard]] bool has_standard_error(std::size_t i) const {
        for (const auto& e : epochs) {
            const double here = e.standard_error_at(i), there = e.held_out_standard_error_at(i);
            if (here == here || there == there) return true;
        }
        return false;
    }

    /// Why there is no epoch, for a message.
    [[nodiscard, gnu::cold, gnu::noinline]] const char* why_empty() const {
        return interrupted      ? "the fit was interrupted before its first epoch ended"
               : !rates.empty() ? "the fit ended before its first epoch was finished"
                                : "call fit first";
    }

    /// How a signal or early_stopping ended the fit, in one line without its end; empty where neither did, and where
    /// the parameters are those of the last step anyway.
    template <class = void>
    [[nodiscard, gnu::cold]] std::string ending() const {
        if (interrupted) return interruption.empty() ? "interrupted by a signal" : interruption;
        if (!stopped_early && !restored) return {};
        const int last = epochs.empty() ? 0 : epochs.back().epoch;
        const std::string stopped = stopped_early ? sentence({"stopped early after epoch ", last, "; "}) : "";
        if (restored_epoch == 0) return stopped + "restored the parameters from before the fit";
        return sentence({stopped, "restored epoch ", restored_epoch});
    }

    /// A table, one line per epoch, in columns of one width; the learning rate stands in it if it changed,
    /// and behind +- the standard errors of what epochs are judged by; below it the ending. `metric` heads
    /// the column of a metric that metric_names does not name.
    template <class = void>
    [[nodiscard, gnu::cold]] std::string to_text(const char* metric = "accuracy") const {
        return detail::history_table(*this, columns(metric));
    }

    /// The columns epoch, loss, each metric, held_out_loss, held_out_ and each metric, rate, seconds under a
    /// line of their names; behind a metric, as accuracy_standard_error, its standard error where any is
    /// known. Fields of held-out samples are empty where none were evaluated; numbers read back as they were,
    /// whatever the locale. `metric` heads the column of a metric that has no name.
    template <class = void>
    [[nodiscard, gnu::cold]] std::string to_csv(const char* metric = "metric") const {
        return detail::history_to_csv(*this, columns(metric));
    }
    /// Writes to_csv() as a file, all or nothing.
    template <class = void>
    [[gnu::cold]] void save_csv(const std::string& path) const {
        const std::string text = to_csv();
        const std::span<const std::byte> piece = std::as_bytes(std::span(text.data(), text.size()));
        io::write_file(path, {&piece, 1});
    }

    /// Reads what to_csv() gave; `source` names the text in messages. Raises `file_error`, naming the line
    /// and the column.
    template <class = void>
    [[nodiscard, gnu::cold]] static history from_csv(std::string_view text,
                                                     const std::string& source = "the history's CSV text") {
        return detail::history_from_csv<history>(text, source);
    }
    template <class = void>
    [[nodiscard, gnu::cold]] static history load_csv(const std::string& path) {
        const io::byte_block bytes = io::read_file(path);
        return from_csv({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path);
    }

  private:
    /// The metrics' names; of one without a name, `unnamed`.
    template <class = void>
    [[nodiscard, gnu::cold]] std::vector<std::string> columns(const char* unnamed) const {
        if (metric_names.empty())
            for (const auto& e : epochs)
                if (e.metric == e.metric || e.held_out_metric == e.held_out_metric) return {unnamed};
        return metric_names;
    }
};

} // namespace strata::inline STRATA_ABI
