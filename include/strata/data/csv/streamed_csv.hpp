#pragma once
/// streamed_csv — data sets from CSV files that are larger than memory: each line is read when it is asked for.
///
///   auto clicks = data::csv_classes_streamed("clicks.csv", {.targets = {"bought"}}); // streamed_csv<class_index>
///   auto prices = data::csv_values_streamed("prices.csv", {.targets = {"price"}});   // streamed_csv<values>
///
/// They give what csv_classes and csv_values give, sample by sample and bit by bit. The file is read once when it is
/// opened, and once more for each pass that categories, means or medians need; everything that csv.hpp refuses is
/// refused then. Memory holds the start of each line, 8 bytes (24 where lines are broken within quotes, 16 more where
/// lines after a sample are left out, 4 more for weights; up to three times as much while it is opened), the class
/// names, and a line for each read. Safe from many threads; copies are cheap and share the file, which must not change.
///
/// Errors   file_error, naming file, line and column, as in csv.hpp; for a compressed file, which cannot be read from
///          the middle; and, when a sample is read, where the file has changed meanwhile
#include <strata/base/error.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/csv.hpp>
#include <strata/data/csv/csv_class_names.hpp>
#include <strata/data/csv/csv_columns.hpp>
#include <strata/data/csv/csv_encoding.hpp>
#include <strata/data/csv/csv_notes.hpp>
#include <strata/data/csv/csv_options.hpp>
#include <strata/data/csv/csv_survey.hpp>
#include <strata/data/csv/csv_table.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/readers/refused_reads.hpp>
#include <strata/io/open_file.hpp>
#include <strata/io/read_at.hpp>
#include <strata/io/text/csv_records.hpp>
#include <strata/io/text/text_source.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

template <class Target>
class streamed_csv {
    static constexpr bool has_labels = std::same_as<Target, class_index>;
    static_assert(has_labels || std::same_as<Target, values>,
                  "strata: streamed_csv<Target> takes strata::data::class_index or strata::data::values.");
    using record = io::csv_records<io::text_source>;

  public:
    using target_type = Target;

    [[gnu::cold]] streamed_csv(const std::string& path, const csv_options& options)
        : all_(std::make_shared<const opened>(path, options)) {}

    [[nodiscard]] std::size_t size() const { return all_->size(); }
    [[nodiscard]] shape sample_shape() const { return all_->sample; }
    [[nodiscard]] int classes() const
        requires has_labels
    {
        return all_->classes.size();
    }
    [[nodiscard]] shape target_shape() const
        requires(!has_labels)
    {
        return shape(static_cast<int>(all_->columns->targets()));
    }
    [[nodiscard]] const std::string& origin() const { return all_->origin; }
    [[nodiscard]] const std::vector<std::string>& class_names() const
        requires has_labels
    {
        return all_->classes.names();
    }
    /// How texts became numbers; see csv_encoding.
    [[nodiscard]] const std::shared_ptr<const csv_encoding>& encoding() const { return all_->encoding; }
    /// "rooms", "town=Delft": one for each number of a sample.
    [[nodiscard]] std::vector<std::string> feature_names() const { return all_->encoding->feature_names(); }
    /// Does the file hold numbers that floats would round?
    [[nodiscard]] bool holds_doubles() const { return all_->holds_doubles; }
    [[nodiscard]] bool has_weights() const { return !all_->weights.empty(); }
    /// How much sample i counts in the loss.
    [[nodiscard]] double weight(std::size_t i) const {
        if (i >= size()) refuse_sample(i, size());
        return has_weights() ? static_cast<double>(all_->weights[i]) : 1;
    }

    /// The class of sample i alone.
    [[nodiscard]] int label(std::size_t i) const
        requires has_labels
    {
        int found = 0;
        with_record(i, [&](const record& r) { found = all_->class_of(r); });
        return found;
    }

    void read(std::size_t i, key, std::span<float> x, target_type& target) const { read_numbers(i, x, target); }
    void read(std::size_t i, key, std::span<double> x, target_for<target_type, double>& target) const {
        read_numbers(i, x, target);
    }

  private:
    /// The file's bytes, from front to back.
    struct all_bytes {
        const io::open_file* file;
        unsigned long long at = 0;

        std::size_t read(void* into, std::size_t n) {
            if (n > file->size() - at) n = static_cast<std::size_t>(file->size() - at);
            io::read_at(*file, at, into, n);
            at += n;
            return n;
        }
    };
    /// From sample `from` on, lines are `ahead` further than samples.
    struct line_step {
        std::size_t from;
        unsigned long long ahead;
    };
    /// Behind this sample lines were left out; it ends where they begin.
    struct gap {
        std::size_t sample;
        unsigned long long end;
    };
    struct opened {
        io::open_file file;
        std::string origin{};
        char separator = ',';
        shape sample{};
        std::shared_ptr<const csv_encoding> encoding{};
        std::optional<csv_columns> columns{};
        csv_class_names classes{};
        std::vector<unsigned long long> begins{}; ///< the byte of the file at which each sample begins
        std::vector<gap> gaps{};                  ///< where lines that were left out follow
        std::vector<line_step> lines{};
        std::vector<float> weights{};
        bool holds_doubles = false;

        opened(const std::string& path, const csv_options& given) : file(path) {
            constexpr csv_reading what = has_labels ? csv_reading::classes : csv_reading::values;
            unsigned char first[2] = {};
            if (file.size() >= 2) io::read_at(file, 0, first, 2);
            if (first[0] == 0x1f && first[1] == 0x8b)
                io::refuse_file(path, 0,
                                {"the file is compressed, so it cannot be read from the middle. Decompress it with "
                                 "gunzip, or load it into memory with csv_classes or csv_values."});
            const auto open = [&](const csv_options& options) {
                return csv_table<all_bytes>(all_bytes{&file}, path, options, what);
            };
            const csv_options options = complete_options(given, open);
            separator = options.separator;
            auto table = open(options);
            encoding = table.columns().encoding();
            sample = detail::csv_sample_shape(encoding->width(), path);
            classes = csv_class_names(has_labels ? encoding->class_names : std::vector<std::string>(),
                                      encoding->options.order, path);
            const bool classes_given = classes.size() > 0;
            csv_narrowing look(*encoding);
            std::vector<double> x(encoding->width()), t(table.columns().targets()); // looked at, and let go
            while (table.at_sample()) {
                const auto& here = table.record();
                table.columns().read_features(here, std::span(x));
                look.look(*encoding, x);
                if constexpr (has_labels) {
                    if (classes.meet(table.target_text()) < 0)
                        table.refuse_class(static_cast<std::size_t>(classes.size()));
                } else {
                    table.columns().read_targets(here, std::span(t));
                    look.look_at_targets(t);
                    for (const double number : t) see(number);
                }
                for (const double number : x) see(number);
                if (table.columns().has_weight())
                    weights.push_back(static_cast<float>(table.columns().read_weight(here)));
                const unsigned long long ahead = here.line(0) - begins.size();
                if (lines.empty() || lines.back().ahead != ahead) lines.push_back({begins.size(), ahead});
                begins.push_back(here.offset());
                table.next();
                if (table.skipped_from() != 0) gaps.push_back({begins.size() - 1, table.skipped_from()});
            }
            begins.shrink_to_fit(), gaps.shrink_to_fit(), lines.shrink_to_fit(), weights.shrink_to_fit();
            static_cast<void>(classes.put_in_order());
            columns = table.columns();
            origin = detail::csv_origin(path, table.dropped());
            look.say(*encoding, path);
            if constexpr (has_labels) {
                if (!classes_given) say_many_classes(classes, size(), encoding->targets[0], path);
                auto with_classes = std::make_shared<csv_encoding>(*encoding);
                with_classes->class_names = classes.names();
                encoding = std::move(with_classes);
            }
        }

        [[nodiscard]] std::size_t size() const { return begins.size(); }
        void see(double number) {
            holds_doubles = holds_doubles || static_cast<double>(static_cast<float>(number)) != number;
        }
        [[nodiscard]] unsigned long long line_of(std::size_t i) const {
            const auto behind = std::upper_bound(lines.begin(), lines.end(), i,
                                                 [](std::size_t at, const line_step& s) { return at < s.from; });
            return i + (behind - 1)->ahead;
        }
        [[nodiscard]] unsigned long long end_of(std::size_t i) const {
            const auto here = std::lower_bound(gaps.begin(), gaps.end(), i,
                                               [](const gap& g, std::size_t at) { return g.sample < at; });
            if (here != gaps.end() && here->sample == i) return here->end;
            return i + 1 < size() ? begins[i + 1] : file.size();
        }
        [[nodiscard]] int class_of(const record& r) const {
            const int number = classes.find(columns->target_text(r));
            if (number < 0) columns->refuse_class(r, classes.names().size());
            return number;
        }
    };

    template <class T>
    static void fit(std::span<T> memory, std::size_t needed, const char* what) {
        if (memory.size() != needed) refuse_memory(what, needed, memory.size());
    }
    template <class T>
    void read_numbers(std::size_t i, std::span<T> x, target_for<target_type, T>& target) const {
        fit(x, static_cast<std::size_t>(all_->sample.size()), "sample");
        if constexpr (!has_labels) fit(target.into, all_->columns->targets(), "target");
        with_record(i, [&](const record& r) {
            all_->columns->read_features(r, x);
            if constexpr (has_labels) target.value = all_->class_of(r);
            else all_->columns->read_targets(r, target.into);
        });
    }

    /// Reads the line of a sample.
    template <class Use>
    void with_record(std::size_t i, Use use) const {
        const opened& all = *all_;
        if (i >= size()) refuse_sample(i, size());
        const unsigned long long begin = all.begins[i], end = all.end_of(i);
        std::string text(static_cast<std::size_t>(end - begin), '\0');
        io::read_at(all.file, begin, text.data(), text.size());
        record r{std::string_view(text), all.file.path(), all.separator, all.line_of(i), text.size(), true};
        const auto changed = [&] {
            io::refuse_file(
                all.file.path(), begin,
                {"the line of sample ", i,
                 " has changed since the file was opened. The file must not change while it is being read."});
        };
        if (!r.next() || r.fields() != all.columns->columns()) changed();
        use(r);
        if (r.next()) changed();
    }

    std::shared_ptr<const opened> all_;
};

/// A labelled data set: the one target column holds texts, each different one a class.
[[nodiscard, gnu::cold]] inline streamed_csv<class_index> csv_classes_streamed(const std::string& path,
                                                                               const csv_options& options) {
    return {path, options};
}
/// A data set with dense targets: the target columns hold numbers.
[[nodiscard, gnu::cold]] inline streamed_csv<values> csv_values_streamed(const std::string& path,
                                                                         const csv_options& options) {
    return {path, options};
}

} // namespace strata::inline STRATA_ABI::data
