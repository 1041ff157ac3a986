#pragma once
/// What the fuzz targets share: bytes as a file that no disk sees, folders of such files, and what every
/// reader promises of its errors.
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

namespace strata_fuzz {

using bytes = std::basic_string_view<std::uint8_t>;

/// A file in memory, with a path.
class fuzz_file {
  public:
    fuzz_file() : file_(::memfd_create("input", MFD_CLOEXEC)), path_(strata::sentence({"/proc/self/fd/", file_})) {}

    void hold(bytes content) {
        bool good = ::ftruncate(file_, 0) == 0;
        for (std::size_t have = 0; good && have < content.size();) {
            const ssize_t put = ::pwrite(file_, content.data() + have, content.size() - have, static_cast<off_t>(have));
            good = put > 0;
            have += static_cast<std::size_t>(good ? put : 0);
        }
        if (!good) std::abort();
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    int file_;
    std::string path_;
};

/// A folder in which such files have names, in $TMPDIR. The fuzzer ends without a farewell, so it stays,
/// empty but for links.
class fuzz_folder {
  public:
    fuzz_folder() {
        const char* const place = std::getenv("TMPDIR");
        path_ = strata::sentence({place != nullptr ? place : "/tmp", "/strata-fuzz-XXXXXX"});
        if (::mkdtemp(path_.data()) == nullptr) std::abort();
    }
    void name(const fuzz_file& file, const std::string& name) {
        if (::symlink(file.path().c_str(), (path_ + "/" + name).c_str()) != 0) std::abort();
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// Cuts an input at its first zero byte; the second part may be empty.
inline bytes cut(bytes& input) {
    const std::size_t end = input.find(std::uint8_t{0});
    const bytes first = input.substr(0, end);
    input = end == bytes::npos ? bytes() : input.substr(end + 1);
    return first;
}

/// The bytes of a safetensors file whose length is right: of a header up to the first zero byte and the data
/// behind it.
inline std::basic_string<std::uint8_t> with_length(bytes input) {
    const bytes header = cut(input);
    std::basic_string<std::uint8_t> file;
    for (int i = 0; i < 8; ++i)
        file.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(header.size()) >> (8 * i)));
    return file.append(header).append(input);
}

/// Runs a reader, which may refuse its file with a file_error that names it, in a message that the file's
/// size bounds; anything else is a finding. Where STRATA_FUZZ_ACCEPT is set, the file must be read: so the
/// seeds are held to what they are for.
template <class Read>
bool read_or_refuse(const std::string& name, std::size_t size, Read read) {
    try {
        read();
        return true;
    } catch (const strata::file_error& refused) {
        const std::string_view message = refused.what();
        if (message.find(name) == std::string_view::npos || message.size() > 4096 + 4 * size
            || std::getenv("STRATA_FUZZ_ACCEPT") != nullptr) {
            std::fprintf(stderr, "%s\n", refused.what());
            std::abort();
        }
        return false;
    }
}

/// A property that must hold.
inline void demand(bool holds) {
    if (!holds) std::abort();
}

} // namespace strata_fuzz
