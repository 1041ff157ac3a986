#pragma once
#include <strata/base/error.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/in_memory.hpp>
#include <strata/data/readers/record_files.hpp>
#include <strata/data/readers/refused_reads.hpp>
#include <strata/io/open_file.hpp>
#include <strata/io/read_at.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// The layout of records in a file: `header` bytes, then records of `size` bytes, each with a byte for its label and
/// the bytes of its sample.
struct record_layout {
    shape sample{};
    int classes = 0;
    std::size_t label_at = 0;  ///< the byte of a record that is its label
    std::size_t sample_at = 1; ///< the byte of a record at which its sample begins
    std::size_t size = 0;      ///< of a record; 0: it ends with its sample
    std::size_t header = 0;    ///< bytes before the first record
    scaling scale{};
    std::string origin{};                   ///< where the data came from, for people
    std::vector<std::string> class_names{}; ///< none, or one per class
};

/// records — a labelled data set that stays in its files: fixed-size records of bytes.
///
///   data::records set({"data_batch_1.bin"}, {.sample = shape(3, 32, 32), .classes = 10});
///   auto all = set.load();                         // the same, in memory
///
/// Records are read when they are asked for. The files are opened once; each read allocates memory for one sample. Safe
/// from many threads; copies are cheap and share the files. A file that lost whole records at its end cannot be told
/// from a whole one: compare size() with what is expected.
///
/// Errors   file_error for a file that cannot be opened or is not a whole number of records, and, when it is read, for
///          a label out of range or a file that became shorter; shape_error for a layout that does not fit together, or
///          a read's index or memory that does not fit
class records {
  public:
    using target_type = class_index;

    [[gnu::cold]] records(const std::vector<std::string>& paths, record_layout layout) {
        const long long wide = layout.sample.size();
        const std::size_t bytes = wide > 0 ? static_cast<std::size_t>(wide) : 0, end = layout.sample_at + bytes;
        if (layout.size == 0) layout.size = end > layout.label_at ? end : layout.label_at + 1;
        if (bytes == 0 || layout.classes < 1 || layout.size < end || layout.size <= layout.label_at
            || (layout.label_at >= layout.sample_at && layout.label_at < end))
            raise<shape_error>(
                sentence({"strata: records of ", layout.size, " bytes cannot contain a sample of ", bytes,
                          " bytes at offset ", layout.sample_at, " and a label for ", layout.classes,
                          " classes at offset ", layout.label_at, ". Correct the layout."}));
        if (!layout.class_names.empty() && layout.class_names.size() != static_cast<std::size_t>(layout.classes))
            raise<shape_error>(sentence({"strata: records of ", layout.classes, " classes were given ",
                                         layout.class_names.size(), " names: give one name per class, or none."}));
        record_files files(paths, layout.header, layout.size);
        all_ = std::make_shared<const opened>(opened{std::move(layout), std::move(files)});
    }

    [[nodiscard]] std::size_t size() const { return all_->files.size(); }
    [[nodiscard]] shape sample_shape() const { return all_->layout.sample; }
    [[nodiscard]] int classes() const { return all_->layout.classes; }
    [[nodiscard]] const std::string& origin() const { return all_->layout.origin; }
    [[nodiscard]] const std::vector<std::string>& class_names() const { return all_->layout.class_names; }

    /// The class of sample i alone: reads one byte.
    [[nodiscard]] int label(std::size_t i) const {
        const auto at = all_->files.find(i);
        std::uint8_t byte = 0;
        io::read_at(*at.file, at.offset + all_->layout.label_at, &byte, 1);
        return checked(byte, at);
    }

    void read(std::size_t i, key, std::span<float> x, class_index& target) const {
        const record_layout& l = all_->layout;
        const auto each = static_cast<std::size_t>(l.sample.size());
        if (x.size() != each) refuse_memory("sample", each, x.size());
        std::vector<std::uint8_t> record(l.size);
        target.value = read_record(i, record);
        const std::uint8_t* const from = record.data() + l.sample_at;
        for (std::size_t j = 0; j < x.size(); ++j) x[j] = static_cast<float>(from[j]) * l.scale.factor + l.scale.shift;
    }

    /// The whole data set in memory.
    [[nodiscard, gnu::cold]] in_memory<class_index> load() const {
        const record_layout& l = all_->layout;
        const auto each = static_cast<std::size_t>(l.sample.size());
        contents c;
        c.sample = l.sample, c.scale = l.scale, c.classes = l.classes, c.origin = l.origin,
        c.class_names = l.class_names;
        c.bytes = std::vector<std::uint8_t>(size() * each);
        c.labels = std::vector<int>(size());
        std::vector<std::uint8_t> record(l.size);
        for (std::size_t i = 0; i < size(); ++i) {
            c.labels[i] = read_record(i, record);
            for (std::size_t j = 0; j < each; ++j) c.bytes[i * each + j] = record[l.sample_at + j];
        }
        return in_memory<class_index>(std::move(c));
    }

  private:
    struct opened {
        record_layout layout;
        record_files files;
    };

    /// Fills `record` and gives its label.
    int read_record(std::size_t i, std::vector<std::uint8_t>& record) const {
        const auto at = all_->files.find(i);
        io::read_at(*at.file, at.offset, record.data(), record.size());
        return checked(record[all_->layout.label_at], at);
    }
    [[nodiscard]] int checked(int label, const record_files::place& at) const {
        if (label >= all_->layout.classes)
            io::refuse_file(at.file->path(), at.offset + all_->layout.label_at,
                            {"label ", label, " is out of range: there are ", all_->layout.classes,
                             " classes, numbered from 0. Is this the right file and layout?"});
        return label;
    }

    std::shared_ptr<const opened> all_;
};

} // namespace strata::inline STRATA_ABI::data
