#pragma once
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <initializer_list>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <string>
#include <sys/stat.h>
#include <utility>

namespace strata::inline STRATA_ABI::io {

/// The words of a file that is not what it should be, with the byte at which that shows.
[[nodiscard, gnu::noinline, gnu::cold]] inline std::string
file_fault(const std::string& path, unsigned long long offset, std::initializer_list<sentence_part> why) {
    return sentence({"strata: ", path, ", byte ", offset, ": ", sentence(why)});
}
/// Reports them.
[[noreturn, gnu::noinline, gnu::cold]] inline void refuse_file(const std::string& path, unsigned long long offset,
                                                               std::initializer_list<sentence_part> why) {
    raise<file_error>(file_fault(path, offset, why));
}

/// Whether a regular file is there.
[[nodiscard]] inline bool file_exists(const std::string& path) {
    struct stat about{};
    return ::stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode);
}

/// open_file — a regular file open for reading, its size known; closed at the end of its life.
/// (POSIX: <filesystem> alone would cost every program 0.4 s of compile time.)
///
/// Errors   file_error where the file cannot be opened or is no regular file
class open_file {
  public:
    explicit open_file(std::string path) : path_(std::move(path)) {
        if (const std::string wrong = open(); !wrong.empty()) raise<file_error>(wrong);
    }
    /// The same without an exception: what is wrong, if anything is, stands in `wrong`, and nothing is open.
    open_file(std::string path, std::string& wrong) : path_(std::move(path)) { wrong = open(); }
    ~open_file() {
        if (file_ != nullptr) std::fclose(file_);
    }
    open_file(const open_file&) = delete;
    open_file& operator=(const open_file&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] unsigned long long size() const { return size_; }
    /// The system's number of the open file.
    [[nodiscard]] int descriptor() const { return fileno(file_); }

    /// Reads up to n bytes; fewer only at the end of the file.
    std::size_t read(void* into, std::size_t n) {
        std::string wrong;
        const std::size_t got = read(into, n, wrong);
        if (!wrong.empty()) raise<file_error>(wrong);
        return got;
    }
    /// The same without an exception: a failure is told in `wrong`.
    std::size_t read(void* into, std::size_t n, std::string& wrong) {
        const std::size_t got = std::fread(into, 1, n, file_);
        if (got < n && std::ferror(file_) != 0)
            wrong = sentence({"strata: reading ", path_, " failed: ", std::strerror(errno), "."});
        return got;
    }

  private:
    [[gnu::cold]] std::string open() {
        // Not to wait for a writer, where it is a pipe.
        const int number = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (number >= 0) file_ = ::fdopen(number, "rb");
        if (file_ == nullptr) return sentence({"strata: cannot open ", path_, ": ", std::strerror(errno), "."});
        struct stat about{};
        if (::fstat(fileno(file_), &about) != 0 || !S_ISREG(about.st_mode)) {
            std::fclose(file_);
            file_ = nullptr;
            return sentence({"strata: cannot read ", path_, ": it is not a regular file."});
        }
        size_ = static_cast<unsigned long long>(about.st_size);
        return {};
    }

    std::string path_;
    std::FILE* file_ = nullptr;
    unsigned long long size_ = 0;
};

} // namespace strata::inline STRATA_ABI::io
