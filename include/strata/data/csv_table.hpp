#pragma once
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/data/csv_columns.hpp>
#include <strata/data/csv_options.hpp>
#include <strata/io/csv_records.hpp>
#include <strata/io/unpacked_file.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// csv_table — the chosen columns of a file of comma-separated values, record after record, from front to
/// back. See csv.hpp for what it refuses.
template <class Source = io::unpacked_file>
class csv_table {
  public:
    [[gnu::cold]] csv_table(const std::string& path, const csv_options& options) : csv_table(path, path, options) {}
    /// From what a Source is made of; the path stands for it in messages.
    template <class Made>
    [[gnu::cold]] csv_table(Made&& source, const std::string& path, const csv_options& options)
        : records_(std::forward<Made>(source), path, options.separator), columns_(records_, path, options) {
        at_sample_ = !options.has_header || records_.next();
        if (!at_sample_)
            raise<file_error>(sentence({"strata: ", path, " holds a header and no sample: add lines to it."}));
    }

    [[nodiscard]] const csv_columns& columns() const { return columns_; }
    [[nodiscard]] const io::csv_records<Source>& record() const { return records_; }
    [[nodiscard]] std::size_t features() const { return columns_.features(); }
    [[nodiscard]] std::size_t targets() const { return columns_.targets(); }
    [[nodiscard]] bool at_sample() const { return at_sample_; }
    void next() { at_sample_ = records_.next(); }
    void add_features(std::vector<float>& to) const {
        to.resize(to.size() + features());
        columns_.read_features(records_, std::span(to).last(features()));
    }
    void add_targets(std::vector<float>& to) const {
        to.resize(to.size() + targets());
        columns_.read_targets(records_, std::span(to).last(targets()));
    }
    [[nodiscard]] std::string_view target_text() const { return columns_.target_text(records_); }
    [[noreturn]] void refuse_class(std::size_t known) const { columns_.refuse_class(records_, known); }

  private:
    io::csv_records<Source> records_;
    csv_columns columns_;
    bool at_sample_ = false;
};

} // namespace strata::inline STRATA_ABI::data
