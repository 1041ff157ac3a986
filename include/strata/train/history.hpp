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
#include <strata/base/display_width.hpp>
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/io/beginning.hpp>
#include <strata/io/csv_field.hpp>
#include <strata/io/csv_records.hpp>
#include <strata/io/read_file.hpp>
#include <strata/io/text_source.hpp>
#include <strata/io/write_file.hpp>
#include <strata/train/epoch_record.hpp>
#include <strata/train/run_description.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
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
    struct criterion {
        std::string_view name; ///< "loss", or a metric's
        int metric = -1;       ///< none: the loss
        bool higher_is_better = false, held_out = false;

        [[nodiscard]] bool judges(const epoch_record& e) const { return e.has_held_out || !held_out; }
        [[nodiscard]] double operator()(const epoch_record& e) const {
            if (metric < 0) return held_out ? e.held_out_loss : e.loss;
            const auto i = static_cast<std::size_t>(metric);
            return held_out ? e.held_out_metric_at(i) : e.metric_at(i);
        }
        /// Whether `a` is better than `b` by more than `least`.
        [[nodiscard]] bool better(double a, double b, double least = 0) const {
            return higher_is_better ? a > b + least : a < b - least;
        }
    };

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
                raise(sentence({"strata: this history does not tell whether a higher ", name,
                                " is better, as one read from a file does not; set its higher_is_better, "
                                "one value for each of metric_names."}));
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
                            " that is a number; call fit with a lower learning rate."}));
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
               : !rates.empty() ? "the fit was ended before its first epoch was finished"
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
        if (restored_epoch == 0) return stopped + "parameters from before the fit again";
        return sentence({stopped, "parameters of epoch ", restored_epoch, " again"});
    }

    /// A table, one line per epoch, in columns of one width; the learning rate stands in it if it changed,
    /// and behind +- the standard errors of what epochs are judged by; below it the ending. `metric` heads
    /// the column of a metric that metric_names does not name.
    template <class = void>
    [[nodiscard, gnu::cold]] std::string to_text(const char* metric = "accuracy") const {
        const std::vector<std::string> names = columns(metric);
        const bool held_out = has_held_out(), with_rates = rate_changes();
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
        for (std::size_t i = 0; i < names.size(); ++i) head(names[i], !held_out && has_standard_error(i) ? 19 : 12);
        for (std::size_t i = 0; held_out && i < names.size(); ++i)
            head("held-out " + names[i], has_standard_error(i) ? 19 : 18);
        add(5, "epoch"), add(10, "loss");
        for (std::size_t i = 0; i < names.size(); ++i) add(widths[i], heads[i]);
        if (held_out) add(13, "held-out loss");
        for (std::size_t i = names.size(); i < heads.size(); ++i) add(widths[i], heads[i]);
        if (with_rates) add(10, "rate");
        add(8, "seconds"), table += '\n';
        for (const auto& e : epochs) {
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
        const std::string last_line = ending();
        if (!last_line.empty()) table += last_line + '\n';
        for (const std::string& note : notes)
            if (note != last_line) table += note + '\n';
        return table;
    }

    /// The columns epoch, loss, each metric, held_out_loss, held_out_ and each metric, rate, seconds under a
    /// line of their names; behind a metric, as accuracy_standard_error, its standard error where any is
    /// known. Fields of held-out samples are empty where none were evaluated; numbers read back as they were,
    /// whatever the locale. `metric` heads the column of a metric that has no name.
    template <class = void>
    [[nodiscard, gnu::cold]] std::string to_csv(const char* metric = "metric") const {
        const std::vector<std::string> names = columns(metric);
        std::vector<bool> with_error;
        for (std::size_t i = 0; i < names.size(); ++i) // a metric of that name is not taken for the error
            with_error.push_back(has_standard_error(i)
                                 || (i + 1 < names.size() && names[i + 1] == names[i] + error_suffix));
        std::string text = "epoch,loss";
        const auto name_metrics = [&](const std::string& before) {
            for (std::size_t i = 0; i < names.size(); ++i) {
                text += "," + io::csv_field(before + names[i]);
                if (with_error[i]) text += "," + io::csv_field(before + names[i] + error_suffix);
            }
        };
        name_metrics("");
        text += ",held_out_loss";
        name_metrics("held_out_");
        text += ",rate,seconds\r\n";
        for (const auto& e : epochs) {
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
        io::csv_records<io::text_source> csv(text, source);
        if (!csv.next())
            raise<file_error>(sentence({"strata: ", source,
                                        ", line 1: the text is empty; a history begins with "
                                        "the names of its columns."}));
        history h;
        const std::vector<bool> with_error = h.read_columns(csv);
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
                csv.refuse(2 + wide, {"of the held-out fields some are empty and some are not; fill all or none."});
            if (empty == 0) {
                read_metrics(3 + wide, there, errors_there);
                e.set_held_out(csv.number(2 + wide), std::move(there), std::move(errors_there));
            }
            e.rate = csv.number(fields - 2), e.seconds = csv.number(fields - 1);
            h.epochs.push_back(e);
        }
        return h;
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
    [[nodiscard]] bool rate_changes() const {
        for (const auto& e : epochs)
            if (e.rate == e.rate && e.rate != epochs.front().rate) return true;
        return false;
    }
    static constexpr const char* error_suffix = "_standard_error";

    /// Takes the metrics' names, and gives for each whether its standard error stands behind it.
    template <class = void>
    [[gnu::cold]] std::vector<bool> read_columns(const io::csv_records<io::text_source>& csv) {
        const auto expect = [&](std::size_t i, const std::string& name) {
            const bool there = i < csv.fields();
            if (!there || csv.field(i) != name)
                csv.refuse(i, {"the column '", name, "' is expected here, but '",
                               there ? io::beginning(csv.field(i)) : "nothing",
                               "' stands here; a history has the columns epoch, loss, its metrics, held_out_loss, "
                               "held_out_ with each metric, rate and seconds, with commas between them."});
        };
        expect(0, "epoch"), expect(1, "loss");
        std::size_t i = 2;
        std::vector<bool> with_error;
        while (i < csv.fields() && csv.field(i) != "held_out_loss") {
            metric_names.emplace_back(csv.field(i++));
            with_error.push_back(i < csv.fields() && csv.field(i) == metric_names.back() + error_suffix);
            if (with_error.back()) ++i;
        }
        expect(i++, "held_out_loss");
        for (std::size_t m = 0; m < metric_names.size(); ++m) {
            expect(i++, "held_out_" + metric_names[m]);
            if (with_error[m]) expect(i++, "held_out_" + metric_names[m] + error_suffix);
        }
        expect(i++, "rate"), expect(i++, "seconds");
        if (i != csv.fields())
            csv.refuse(i, {"'", io::beginning(csv.field(i)), "' follows the last column, seconds; remove it."});
        return with_error;
    }
};

} // namespace strata::inline STRATA_ABI
