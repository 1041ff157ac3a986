#pragma once
/// streamed_csv — data sets from files of comma-separated values that are larger than the memory: each line
/// is read and understood when it is asked for.
///
///   auto clicks = data::csv_classes_streamed("clicks.csv", {.targets = {"bought"}}); // streamed_csv<class_index>
///   auto prices = data::csv_values_streamed("prices.csv", {.targets = {"price"}});   // streamed_csv<values>
///
/// They are what csv_classes and csv_values give, sample by sample and to the bit. The file is gone through
/// once, when it is opened: then all that csv.hpp refuses is refused. Memory holds where each line begins,
/// 8 bytes (24 where lines are broken within quotes; up to three times as much while it is opened), the class
/// names, and a line for each read. Safe from many threads; copies are cheap and share the file, which must
/// stay as it is.
///
/// Errors   file_error, naming file, line and column, as csv.hpp says; where the file is packed, since that
///          cannot be read from the middle; and, when a sample is read, where the file has changed meanwhile
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/csv_class_names.hpp>
#include <strata/data/csv_columns.hpp>
#include <strata/data/csv_options.hpp>
#include <strata/data/csv_table.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/refused_reads.hpp>
#include <strata/io/csv_records.hpp>
#include <strata/io/open_file.hpp>
#include <strata/io/read_at.hpp>
#include <strata/io/text_source.hpp>

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

    [[nodiscard]] std::size_t size() const { return all_->begins.size(); }
    [[nodiscard]] shape sample_shape() const { return shape(static_cast<int>(all_->columns->features())); }
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
    [[nodiscard]] const std::string& origin() const { return all_->file.path(); }
    [[nodiscard]] const std::vector<std::string>& class_names() const
        requires has_labels
    {
        return all_->classes.names();
    }

    /// The class of sample i alone.
    [[nodiscard]] int label(std::size_t i) const
        requires has_labels
    {
        int found = 0;
        with_record(i, [&](const record& r) { found = all_->class_of(r); });
        return found;
    }

    void read(std::size_t i, key, std::span<float> x, target_type& target) const {
        fit(x, all_->columns->features(), "sample");
        if constexpr (!has_labels) fit(target.into, all_->columns->targets(), "target");
        with_record(i, [&](const record& r) {
            all_->columns->read_features(r, x);
            if constexpr (has_labels) target.value = all_->class_of(r);
            else all_->columns->read_targets(r, target.into);
        });
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
    struct opened {
        io::open_file file;
        char separator;
        std::optional<csv_columns> columns{};
        csv_class_names classes;
        std::vector<unsigned long long> begins{}; ///< the byte of the file at which each sample begins
        std::vector<line_step> lines{};

        opened(const std::string& path, const csv_options& options)
            : file(path), separator(options.separator), classes(has_labels ? options : csv_options{}, path) {
            unsigned char first[2] = {};
            if (file.size() >= 2) io::read_at(file, 0, first, 2);
            if (first[0] == 0x1f && first[1] == 0x8b)
                io::refuse_file(path, 0,
                                {"the file is packed, and cannot be read from the middle. Unpack it with gunzip, "
                                 "or read it into memory with csv_classes or csv_values."});
            csv_table<all_bytes> table(all_bytes{&file}, path, options);
            if (has_labels && table.targets() != 1)
                raise<file_error>(sentence({"strata: ", table.targets(), " targets were chosen in ", path,
                                            " for classes, which one column tells. Choose one, or read values."}));
            std::vector<float> numbers(table.features() + table.targets()); // looked at, and let go
            for (; table.at_sample(); table.next()) {
                const auto& here = table.record();
                table.columns().read_features(here, std::span(numbers).first(table.features()));
                if constexpr (has_labels) {
                    if (classes.meet(table.target_text()) < 0) table.refuse_class(options.class_names.size());
                } else {
                    table.columns().read_targets(here, std::span(numbers).last(table.targets()));
                }
                const unsigned long long ahead = here.line(0) - begins.size();
                if (lines.empty() || lines.back().ahead != ahead) lines.push_back({begins.size(), ahead});
                begins.push_back(here.offset());
            }
            begins.shrink_to_fit(), lines.shrink_to_fit();
            static_cast<void>(classes.put_in_order());
            columns = table.columns();
        }

        [[nodiscard]] unsigned long long line_of(std::size_t i) const {
            const auto behind = std::upper_bound(
                lines.begin(), lines.end(), i, [](std::size_t sample, const line_step& s) { return sample < s.from; });
            return i + (behind - 1)->ahead;
        }
        [[nodiscard]] int class_of(const record& r) const {
            const int number = classes.find(columns->target_text(r));
            if (number < 0) columns->refuse_class(r, classes.names().size());
            return number;
        }
    };

    static void fit(std::span<float> memory, std::size_t needed, const char* what) {
        if (memory.size() != needed) refuse_memory(what, needed, memory.size());
    }

    /// Reads the line of a sample.
    template <class Use>
    void with_record(std::size_t i, Use use) const {
        const opened& all = *all_;
        if (i >= size()) refuse_sample(i, size());
        const unsigned long long begin = all.begins[i], end = i + 1 < size() ? all.begins[i + 1] : all.file.size();
        std::string text(static_cast<std::size_t>(end - begin), '\0');
        io::read_at(all.file, begin, text.data(), text.size());
        record r{std::string_view(text), all.file.path(), all.separator, all.line_of(i), text.size(), true};
        const auto changed = [&] {
            io::refuse_file(all.file.path(), begin,
                            {"the line of sample ", i,
                             " is no longer what it was when the file was opened. A file "
                             "must stay as it is while it is read."});
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
