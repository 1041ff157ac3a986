#pragma once
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <strata/base/abi.hpp>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace strata::inline STRATA_ABI::io {

/// file_place — where a file that is to be written stands or will stand: its folder, open, and its name there. Symbolic
/// links are followed, those that lead to nothing yet included, so that a link stays a link. Names are looked up from
/// the open folder: only a name's length counts then, not the path's.
///
/// Errors   none: `why()` is the system's reason, ELOOP for links that lead in a circle, EISDIR where the path ends in
///          a slash; 0 where all is well
class file_place {
  public:
    [[gnu::cold]] explicit file_place(std::string path) : why_(find(std::move(path))) {}
    ~file_place() {
        if (folder_ >= 0) ::close(folder_);
    }
    file_place(const file_place&) = delete;
    file_place& operator=(const file_place&) = delete;

    [[nodiscard]] int why() const { return why_; }
    /// The folder, for openat and its like.
    [[nodiscard]] int folder() const { return folder_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] bool exists() const { return exists_; }
    /// What stands there, if anything does.
    [[nodiscard]] const struct stat& about() const { return about_; }
    /// Is it a file that some process has open (/dev/stdout, /dev/fd/3, /proc/self/fd/3)?
    [[nodiscard]] bool is_descriptor() const { return through_; }

  private:
    [[nodiscard, gnu::cold, gnu::noinline]] int find(std::string path) {
        constexpr int most_links = 40; // as Linux has it
        for (int links = 0; links <= most_links; ++links) {
            const std::size_t end = path.rfind('/') + 1; // 0: no slash
            if ((end != 0 || folder_ < 0) && !enter(end == 0 ? "." : path.substr(0, end).c_str())) return errno;
            name_ = path.substr(end);
            if (name_.empty()) return path.empty() ? ENOENT : EISDIR;
            if (::fstatat(folder_, name_.c_str(), &about_, AT_SYMLINK_NOFOLLOW) != 0)
                return errno == ENOENT ? 0 : errno;
            exists_ = true;
            if (!S_ISLNK(about_.st_mode)) return 0;
            if (is_of_proc(about_)) { // as /dev/stdout is: its text is no path
                through_ = true;
                return ::fstatat(folder_, name_.c_str(), &about_, 0) == 0 ? 0 : errno;
            }
            if (!may_be_followed()) return EACCES;
            exists_ = false;
            path.resize(4096);
            const ssize_t length = ::readlinkat(folder_, name_.c_str(), path.data(), path.size());
            if (length < 0) return errno;
            path.resize(static_cast<std::size_t>(length));
        }
        return ELOOP;
    }
    bool enter(const char* folder) {
#if defined(O_PATH)
        constexpr int flags = O_PATH | O_DIRECTORY | O_CLOEXEC; // a folder that may not be listed will do
#else
        constexpr int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
#endif
        const int next = ::openat(folder_ < 0 ? AT_FDCWD : folder_, folder, flags);
        if (next < 0) return false;
        if (folder_ >= 0) ::close(folder_);
        folder_ = next;
        return true;
    }
    /// In a sticky folder that everybody may write, such as /tmp, a link of somebody else's could lead anywhere: it is
    /// followed if it is the user's own or the folder's owner's, as Linux has it (protected_symlinks in proc(5)).
    [[nodiscard]] bool may_be_followed() const {
        struct stat folder{};
        if (::fstat(folder_, &folder) != 0) return false;
        const bool is_shared = (folder.st_mode & S_ISVTX) != 0 && (folder.st_mode & S_IWOTH) != 0;
        return !is_shared || about_.st_uid == ::geteuid() || about_.st_uid == folder.st_uid;
    }
    static bool is_of_proc(const struct stat& link) {
#if defined(__linux__)
        struct stat proc{};
        return ::stat("/proc/self/fd", &proc) == 0 && proc.st_dev == link.st_dev;
#else
        return static_cast<void>(link), false;
#endif
    }

    int folder_ = -1;
    std::string name_;
    bool exists_ = false, through_ = false;
    struct stat about_{};
    int why_; // the last: finding fills the others
};

} // namespace strata::inline STRATA_ABI::io
