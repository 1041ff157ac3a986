#pragma once
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <string>
#include <string_view>
#include <unistd.h>

namespace strata::inline STRATA_ABI::io {

/// Writes the pieces, one after another, as the file `path`: all or nothing. They go to a new file in the
/// same folder, which is flushed to the disk and then renamed, so that a crash or a full disk leaves the old
/// file whole.
///
/// Errors   file_error, naming the file and the system's reason; nothing is left behind
[[gnu::cold]] inline void write_file(const std::string& path, std::span<const std::span<const std::byte>> pieces) {
    std::string temporary;
    int file = -1;
    for (int attempt = 0; file < 0 && attempt < 100; ++attempt) {
        temporary = sentence({path, ".partial-", ::getpid(), "-", attempt});
        file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST) break;
    }
    if (file < 0)
        raise<file_error>(sentence({"strata: cannot write ", path, ": ", std::strerror(errno),
                                    ". Does its folder exist, and may you write there?"}));
    bool good = true;
    for (std::size_t p = 0; good && p < pieces.size(); ++p) {
        const std::byte* from = pieces[p].data();
        for (std::size_t left = pieces[p].size(); good && left > 0;) {
            const ssize_t put = ::write(file, from, left);
            if (put > 0) {
                from += put;
                left -= static_cast<std::size_t>(put);
            } else if (put == 0 || errno != EINTR) {
                good = false;
            }
        }
    }
    good = good && ::fsync(file) == 0;
    int why = good ? 0 : errno;
    if (::close(file) != 0 && good) good = false, why = errno;
    if (good && std::rename(temporary.c_str(), path.c_str()) != 0) good = false, why = errno;
    if (!good) {
        ::unlink(temporary.c_str());
        raise<file_error>(sentence(
            {"strata: writing ", path, " failed: ", std::strerror(why), ". What stood there before is untouched."}));
    }
    // The rename itself reaches the disk with its folder; where a folder cannot be flushed, the file is still
    // whole.
    std::size_t end = path.size();
    while (end > 0 && path[end - 1] != '/') --end;
    const std::string folder = sentence({end == 0 ? "." : std::string_view(path.data(), end)});
    if (const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); directory >= 0) {
        (void)::fsync(directory);
        ::close(directory);
    }
}

} // namespace strata::inline STRATA_ABI::io
