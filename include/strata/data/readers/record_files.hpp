#pragma once
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/readers/refused_reads.hpp>
#include <strata/io/open_file.hpp>
#include <strata/io/read_at.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// record_files — records of one size in one file or several, each of which begins with a header. The files
/// are opened once; reading is safe from many threads, and copies share the files.
///
/// Errors   file_error for no file, one that cannot be opened or is no whole number of records, and, when it
///          is read, one that became shorter; shape_error for a record that is not there
class record_files {
  public:
    /// Where a record begins.
    struct place {
        const io::open_file* file;
        unsigned long long offset;
    };

    [[gnu::cold]] record_files(const std::vector<std::string>& paths, std::size_t header, std::size_t record)
        : header_(header), record_(record) {
        if (paths.empty()) raise<file_error>("strata: a records data set needs at least one file.");
        auto all = std::make_shared<opened>();
        for (const std::string& path : paths) {
            auto file = std::make_unique<io::open_file>(path);
            const unsigned long long held = file->size();
            if (held <= header || (held - header) % record != 0)
                io::refuse_file(path, held,
                                {"the file does not end at a record boundary: after the ", header,
                                 "-byte header it needs whole records of ", record,
                                 " bytes. Is it the wrong file, compressed or incomplete?"});
            size_ += static_cast<std::size_t>((held - header) / record);
            all->files.push_back(std::move(file)), all->ends.push_back(size_);
        }
        all_ = std::move(all);
    }

    /// Records in all files.
    [[nodiscard]] std::size_t size() const { return size_; }

    [[nodiscard]] place find(std::size_t i) const {
        if (i >= size_) refuse_sample(i, size_);
        std::size_t f = 0;
        while (i >= all_->ends[f]) ++f;
        const std::size_t first = f == 0 ? 0 : all_->ends[f - 1];
        return {all_->files[f].get(), header_ + static_cast<unsigned long long>(i - first) * record_};
    }

  private:
    struct opened {
        std::vector<std::unique_ptr<io::open_file>> files;
        std::vector<std::size_t> ends; ///< the number of records up to each file's end
    };

    std::shared_ptr<const opened> all_;
    std::size_t header_, record_, size_ = 0;
};

} // namespace strata::inline STRATA_ABI::data
