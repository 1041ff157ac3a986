#pragma once
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/csv_columns.hpp>
#include <strata/data/csv/csv_encoding.hpp>
#include <strata/data/csv/csv_options.hpp>
#include <strata/io/text/csv_records.hpp>
#include <strata/io/unpacked_file.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace strata::inline STRATA_ABI::data {

/// The options with which a file is read: where it is to be read like another one, they are those of that one.
[[nodiscard, gnu::cold]] inline csv_options csv_effective(const csv_options& given) {
    if (!given.like.given() || !given.like.encoding()) return given;
    csv_options all = given.like.encoding()->options;
    if (given.separator != csv_options{}.separator) all.separator = given.separator;
    all.ignore_unknown = all.ignore_unknown || given.ignore_unknown;
    all.class_names = given.like.encoding()->class_names;
    all.like = given.like;
    return all;
}

/// csv_table — the chosen columns of a file of comma-separated values, record after record, from front to
/// back; under csv_missing::drop without the lines in which a value is missing. See csv.hpp for what it refuses.
template <class Source = io::unpacked_file>
class csv_table {
  public:
    /// From what a Source is made of; the path stands for it in messages. The options are effective ones.
    template <class Made>
    [[gnu::cold]] csv_table(Made&& source, const std::string& path, const csv_options& options, csv_reading what)
        : records_(std::forward<Made>(source), path, options.separator), columns_(records_, path, options, what),
          drops_(options.missing == csv_missing::drop), notes_place_(what == csv_reading::features) {
        own_options_ = columns_.encoding()->path == path;
        at_sample_ = !options.has_header || records_.next();
        if (!at_sample_)
            raise<file_error>(sentence({"strata: ", path, " has a header but no samples. Add lines to it."}));
        skip();
        if (!at_sample_ && !notes_place_)
            raise<file_error>(
                sentence({"strata: ", path, " has no complete sample: ",
                          dropped_ == 1 ? std::string("its only line") : sentence({"each of its ", dropped_, " lines"}),
                          " lacks a value. ",
                          remedy("Exclude the column with missing values (.without), or fill them in: "
                                 ".missing = strata::data::csv_missing::mean.")}));
    }

    [[nodiscard]] const csv_columns& columns() const { return columns_; }
    [[nodiscard]] const io::csv_records<Source>& record() const { return records_; }
    [[nodiscard]] bool at_sample() const { return at_sample_; }
    /// Lines that were left out up to now.
    [[nodiscard]] std::size_t dropped() const { return dropped_; }
    /// Of features alone, whose rows must be those of the file: refuses a file of which a line was left out.
    [[gnu::cold]] void require_all_lines(const std::string& path) const {
        if (dropped_ == 0) return;
        raise<file_error>(
            sentence({"strata: ", path, ", ", place_of_dropped_,
                      ": the value is missing. csv_features drops no lines, because its rows must match the lines "
                      "of the file. ",
                      remedy("Fill the value in, remove the line, or have missing values filled in: "
                             ".missing = strata::data::csv_missing::mean.")}));
    }
    /// The byte at which the lines begin that were left out last, between the sample before and this one; 0: none were.
    [[nodiscard]] unsigned long long skipped_from() const { return skipped_from_; }
    void next() {
        at_sample_ = records_.next();
        skip();
    }
    [[nodiscard]] std::string_view target_text() const { return columns_.target_text(records_); }
    [[noreturn]] void refuse_class(std::size_t known) const { columns_.refuse_class(records_, known); }

  private:
    /// The options that it names may be those of another file.
    [[nodiscard, gnu::cold]] std::string remedy(const char* words) const {
        return own_options_ ? words : csv_encoding::with_place_of_options({words});
    }
    void skip() {
        skipped_from_ = 0;
        while (drops_ && at_sample_ && columns_.lacks_a_value(records_)) {
            if (dropped_++ == 0 && notes_place_) place_of_dropped_ = columns_.place_of_missing(records_);
            if (skipped_from_ == 0) skipped_from_ = records_.offset();
            at_sample_ = records_.next();
        }
    }

    io::csv_records<Source> records_;
    csv_columns columns_;
    bool drops_, notes_place_;
    bool own_options_ = true;
    bool at_sample_ = false;
    std::size_t dropped_ = 0;
    std::string place_of_dropped_; ///< the first of them
    unsigned long long skipped_from_ = 0;
};

} // namespace strata::inline STRATA_ABI::data
