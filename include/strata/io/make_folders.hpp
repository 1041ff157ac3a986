#pragma once
#include <cerrno>
#include <strata/base/abi.hpp>
#include <string>
#include <sys/stat.h>

namespace strata::inline STRATA_ABI::io {

/// Makes a folder and those above it that are missing, as `mkdir -p` does; what is there stays as it is.
/// False, with errno, where one of them can neither be made nor entered: ENOTDIR where it is a file.
[[nodiscard, gnu::cold, gnu::noinline]] inline bool make_folders(const std::string& folder) {
    const auto is_there = [](const std::string& path) {
        struct stat about{};
        if (::stat(path.c_str(), &about) != 0) return false;
        if (!S_ISDIR(about.st_mode)) errno = ENOTDIR;
        return S_ISDIR(about.st_mode);
    };
    for (std::size_t end = folder.find('/', 1);; end = folder.find('/', end + 1)) {
        const std::string part = folder.substr(0, end);
        if (::mkdir(part.c_str(), 0777) != 0) {
            const int why = errno; // a system may name another reason than that it is there
            if (!is_there(part)) return errno = why == EEXIST ? errno : why, false;
        }
        if (end == std::string::npos) return true;
    }
}

} // namespace strata::inline STRATA_ABI::io
