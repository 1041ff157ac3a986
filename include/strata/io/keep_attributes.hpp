#pragma once
#include <cstring>
#include <fcntl.h>
#include <strata/base/abi.hpp>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/xattr.h>
#endif

namespace strata::inline STRATA_ABI::io {

#if defined(__linux__)
/// Copies a user's extended attributes, the access control list and the SELinux label. A list that the new file has
/// from its folder goes where the old file has none. False where the list could not be kept.
[[nodiscard, gnu::cold, gnu::noinline]] inline bool copy_extended_attributes(int from, int to) {
    constexpr std::string_view list = "system.posix_acl_access";
    std::string names(1 << 16, '\0'), value(1 << 16, '\0'); // the most that Linux has of either
    const ssize_t size = ::flistxattr(from, names.data(), names.size());
    bool kept = true, has_list = false;
    for (const char* name = names.data(); size > 0 && name < names.data() + size; name += std::strlen(name) + 1) {
        const std::string_view n = name;
        if (n != list && n != "security.selinux" && n.substr(0, 5) != "user.") continue;
        const ssize_t length = ::fgetxattr(from, name, value.data(), value.size());
        const bool done = length >= 0 && ::fsetxattr(to, name, value.data(), static_cast<std::size_t>(length), 0) == 0;
        if (n == list) has_list = true, kept = done;
    }
    if (!has_list) (void)::fremovexattr(to, list.data());
    return kept;
}
#else
[[nodiscard]] inline bool copy_extended_attributes(int, int) { return true; }
#endif

/// Gives the open file `to` the owner, group, mode and extended attributes of the file `name` in `folder`, of which
/// `old` tells. False where the system does not allow that, as it allows nobody but root to give files away.
[[nodiscard, gnu::cold, gnu::noinline]] inline bool keep_attributes(int to, int folder, const char* name,
                                                                    const struct stat& old) {
    constexpr mode_t all = 07777;
    struct stat now{};
    if (::fstat(to, &now) != 0) return false;
    if ((now.st_uid != old.st_uid || now.st_gid != old.st_gid) && ::fchown(to, old.st_uid, old.st_gid) != 0)
        return false;
    bool kept = true;
    if (const int from = ::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); from >= 0) {
        kept = copy_extended_attributes(from, to);
        ::close(from);
    }
    (void)::fchmod(to, old.st_mode & all); // refused by some file systems whose files all have one mode
    return kept && ::fstat(to, &now) == 0 && ((now.st_mode ^ old.st_mode) & all) == 0 && now.st_uid == old.st_uid
           && now.st_gid == old.st_gid;
}

} // namespace strata::inline STRATA_ABI::io
