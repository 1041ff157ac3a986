#pragma once
/// A file system of a few pages, which a test can fill.
#include <string>
#if defined(__linux__)
#include <cstdio>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>
#endif

namespace strata_tests {

#if defined(__linux__)
/// Mounts one of so many bytes at a folder, for this process alone, which must have a single thread: in namespaces of
/// its own, of users as well where it is not root. False where the system does not allow that.
inline bool mount_small_file_system(const std::string& folder, long bytes) {
    const auto write = [](const char* path, const std::string& text) {
        std::FILE* const file = std::fopen(path, "w");
        const bool written = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
        return file != nullptr && std::fclose(file) == 0 && written;
    };
    const auto user = ::geteuid();
    const auto group = ::getegid();
    if (::unshare(CLONE_NEWNS) != 0) {
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
        if (!write("/proc/self/setgroups", "deny") || !write("/proc/self/uid_map", "0 " + std::to_string(user) + " 1")
            || !write("/proc/self/gid_map", "0 " + std::to_string(group) + " 1"))
            return false;
    }
    return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0
           && ::mount("none", folder.c_str(), "tmpfs", 0, ("size=" + std::to_string(bytes)).c_str()) == 0;
}
#else
inline bool mount_small_file_system(const std::string&, long) { return false; }
#endif

} // namespace strata_tests
