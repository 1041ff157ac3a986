#pragma once
/// list_folder(path) — the names in a folder, in the order of their bytes, without those that begin with a point.
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace strata::inline STRATA_ABI::io {

/// Errors   file_error where it is no folder or cannot be read
[[nodiscard, gnu::cold]] inline std::vector<std::string> list_folder(const std::string& path) {
    struct open_folder {
        DIR* folder;
        ~open_folder() {
            if (folder != nullptr) ::closedir(folder);
        }
    } const open{::opendir(path.c_str())};
    std::vector<std::string> names;
    const auto refuse = [&] {
        raise<file_error>(sentence({"strata: the folder '", path, "' cannot be read: ", std::strerror(errno), "."}));
    };
    if (open.folder == nullptr) refuse();
    for (;;) {
        errno = 0;
        const dirent* const entry = ::readdir(open.folder);
        if (entry == nullptr && errno != 0) refuse();
        if (entry == nullptr) break;
        if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Whether a folder is there.
[[nodiscard]] inline bool folder_exists(const std::string& path) {
    struct stat about{};
    return ::stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode);
}

} // namespace strata::inline STRATA_ABI::io
