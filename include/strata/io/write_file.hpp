#pragma once
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/file_place.hpp>
#include <strata/io/keep_attributes.hpp>
#include <strata/io/write_all.hpp>
#include <string>
#include <string_view>
#include <unistd.h>

namespace strata::inline STRATA_ABI::io {

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_to_write(const std::string& path, std::string_view why,
                                                                   std::string_view remedy) {
    raise<file_error>(sentence({"strata: cannot write ", path, ": ", why, ". ", remedy}));
}
[[noreturn, gnu::cold, gnu::noinline]] inline void fail_to_write(const std::string& path, int why,
                                                                 std::string_view consequence) {
    raise<file_error>(sentence({"strata: writing ", path, " failed: ", std::strerror(why), ".", consequence}));
}
inline constexpr std::string_view untouched = " The previous contents are unchanged.";

/// Our own descriptor for a place that is one, such as 1 for /dev/stdout; −1 where it is another process's, or may not
/// be written.
[[nodiscard, gnu::cold, gnu::noinline]] inline int own_descriptor(const file_place& place) {
    int number = 0;
    for (const char c : place.name()) {
        if (c < '0' || c > '9' || number > 1'000'000) return -1;
        number = 10 * number + (c - '0');
    }
    struct stat about{};
    const bool same =
        ::fstat(number, &about) == 0 && about.st_dev == place.about().st_dev && about.st_ino == place.about().st_ino;
    const int flags = same ? ::fcntl(number, F_GETFL) : -1;
    return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY ? number : -1;
}

/// Writes into a pipe, a terminal, /dev/null, or a file that this program has open, where it stands there.
template <class = void>
[[gnu::cold, gnu::noinline]] void write_through(const std::string& path, const file_place& place, file_pieces pieces) {
    int file = place.is_descriptor() ? own_descriptor(place) : -1;
    const bool own = file >= 0;
    if (own && file == ::fileno(stdout)) (void)std::fflush(stdout); // what was printed comes first
    while (file < 0) {
        file = ::openat(place.folder(), place.name().c_str(),
                        O_WRONLY | O_NOCTTY | O_CLOEXEC | (S_ISREG(place.about().st_mode) ? O_TRUNC : 0));
        if (file < 0 && errno != EINTR)
            refuse_to_write(path, std::strerror(errno), "Do you have write permission there?");
    }
    int why = write_all(file, pieces) ? 0 : errno;
    if (!own && ::close(file) != 0 && why == 0 && errno != EINTR) why = errno;
    if (why != 0) fail_to_write(path, why, {});
}

/// Copies the pieces into a file that cannot be replaced. The bytes behind its old end come first, so that a disk that
/// has no room for them refuses while the old ones stand. Gives 0, or the system's reason; `begun` tells whether the
/// old file has suffered.
template <class = void>
[[nodiscard, gnu::cold, gnu::noinline]] int overwrite(const file_place& place, file_pieces pieces, bool& begun) {
    begun = false;
    const int file = ::openat(place.folder(), place.name().c_str(), O_WRONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
    if (file < 0) return errno;
    int why = 0;
    std::size_t size = 0;
    for (const auto& piece : pieces) size += piece.size();
    const off_t old_end = ::lseek(file, 0, SEEK_END), end = static_cast<off_t>(size);
    if (old_end < 0) why = errno;
    const auto write_part = [&](std::size_t from, std::size_t to) {
        if (::lseek(file, static_cast<off_t>(from), SEEK_SET) < 0) why = errno;
        std::size_t at = 0; // where a piece begins
        for (const auto& piece : pieces) {
            const std::size_t begin = from > at ? from - at : 0, stop = to > at ? to - at : 0;
            const std::size_t last = stop < piece.size() ? stop : piece.size();
            at += piece.size();
            if (why != 0 || begin >= last) continue;
            const std::span<const std::byte> part = piece.subspan(begin, last - begin);
            if (!write_all(file, {&part, 1})) why = errno;
        }
    };
    if (why == 0 && end > old_end) {
        write_part(static_cast<std::size_t>(old_end), size);
        if (why != 0 && ::ftruncate(file, old_end) != 0) begun = true; // it is longer than it was
    }
    if (why == 0) {
        begun = true;
        write_part(0, static_cast<std::size_t>(end < old_end ? end : old_end));
    }
    if (why == 0 && ::ftruncate(file, end) != 0) why = errno;
    if (why == 0 && !flush_to_disk(file)) why = errno;
    if (::close(file) != 0 && why == 0 && errno != EINTR) why = errno;
    return why;
}

/// Opens a new file in the folder of `place` and gives its name: that of the file and something behind it, or less
/// where that is longer than a name may be.
template <class = void>
[[nodiscard, gnu::cold, gnu::noinline]] int open_temporary(const file_place& place, std::string& name) {
    std::string_view begins = place.name();
    timespec now{};
    (void)::clock_gettime(CLOCK_REALTIME, &now); // a process number alone comes again, in containers every time
    for (int attempt = 0; attempt < 100; ++attempt) {
        name = sentence({begins, ".partial-", ::getpid(), "-", now.tv_nsec + attempt});
        const int file = ::openat(place.folder(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                  place.exists() ? 0600 : 0666); // until it has the mode of what it replaces
        if (file >= 0 || (errno != EEXIST && errno != ENAMETOOLONG && errno != EINTR)) return file;
        if (errno == ENAMETOOLONG) {
            if (begins.empty()) return file;
            begins = {};
        }
    }
    return -1;
}

/// A new file beside the old one takes its place; or, where the system does not allow that, gives it its contents.
template <class = void>
[[gnu::cold, gnu::noinline]] void replace_file(const std::string& path, const file_place& place, file_pieces pieces) {
    const bool exists = place.exists();
    const char* const name = place.name().c_str();
    // AT_EACCESS alone is a newer system call, which some containers refuse.
    const int whose = ::getuid() == ::geteuid() && ::getgid() == ::getegid() ? 0 : AT_EACCESS;
    if (exists && ::faccessat(place.folder(), name, W_OK, whose) != 0)
        refuse_to_write(path, std::strerror(errno),
                        "The file is write-protected. Change its mode, or choose another name.");
    std::string temporary;
    int file = open_temporary(place, temporary);
    if (file < 0)
        refuse_to_write(path, std::strerror(errno), "Does its folder exist, and do you have write permission there?");
    int why = write_all(file, pieces) ? 0 : errno;
    const bool alike = why == 0 && (!exists || keep_attributes(file, place.folder(), name, place.about()));
    if (why == 0 && !flush_to_disk(file)) why = errno;
    if (::close(file) != 0 && why == 0 && errno != EINTR) why = errno;
    bool replaced = false, begun = false;
    if (why == 0 && alike) {
        replaced = ::renameat(place.folder(), temporary.c_str(), place.folder(), name) == 0;
        if (!replaced && (!exists || (errno != EPERM && errno != EACCES && errno != EBUSY))) why = errno;
    }
    if (why == 0 && !replaced) why = overwrite(place, pieces, begun);
    if (why != 0 && begun)
        fail_to_write(path, why,
                      sentence({" The previous contents are damaged; the complete new contents are in its folder, in ",
                                temporary, "."}));
    if (!replaced) (void)::unlinkat(place.folder(), temporary.c_str(), 0);
    if (why != 0) fail_to_write(path, why, untouched);
    // The rename itself reaches the disk with its folder; where a folder cannot be flushed, the file is still whole.
    if (const int folder = ::openat(place.folder(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); folder >= 0) {
        (void)flush_to_disk(folder);
        ::close(folder);
    }
}

} // namespace detail

/// Writes the pieces, one after another, as the file `path`: all or nothing. They go to a new file in the same folder,
/// which is flushed to the disk, as far as the file system can do that, and then renamed, so that a crash or a full
/// disk leaves the old file whole.
///
/// What stood there keeps its owner, group, mode, access control list and attributes; a new file has the mode that the
/// umask leaves. Symbolic links are followed and stay. Another hard link to the old file keeps the old contents. A file
/// that may not be written is refused, whatever its folder allows. Where a file cannot be replaced with its owner kept,
/// or at all (another user's file, a sticky folder, a file that is mounted by itself), it is overwritten; then the new
/// contents are on the disk under another name until that is done. A pipe, a terminal, /dev/null, /dev/stdout are
/// written into. A folder, a socket or a disk is refused.
///
/// Errors   file_error, naming the file and the system's reason; nothing is left behind
template <class = void>
[[gnu::cold, gnu::noinline]] void write_file(const std::string& path, file_pieces pieces) {
    const file_place place(path);
    if (place.why() == EISDIR || (place.exists() && S_ISDIR(place.about().st_mode)))
        detail::refuse_to_write(path, std::strerror(EISDIR), "Give the name of a file in that folder.");
    if (place.why() != 0)
        detail::refuse_to_write(path, std::strerror(place.why()),
                                "Does its folder exist, and do you have write permission there?");
    const mode_t kind = place.about().st_mode;
    if (place.exists() && (place.is_descriptor() || S_ISFIFO(kind) || S_ISCHR(kind)))
        return detail::write_through(path, place, pieces);
    if (place.exists() && !S_ISREG(kind))
        detail::refuse_to_write(path, S_ISSOCK(kind) ? "it is a socket" : "it is a disk, not a file",
                                "Give a file name.");
    detail::replace_file(path, place, pieces);
}

} // namespace strata::inline STRATA_ABI::io
