#pragma once
#include <cerrno>
#include <cstddef>
#include <poll.h>
#include <span>
#include <strata/base/abi.hpp>
#include <sys/types.h>
#include <unistd.h>

namespace strata::inline STRATA_ABI::io {

/// Pieces of a file, one after another.
using file_pieces = std::span<const std::span<const std::byte>>;

/// Writes all pieces to an open file, through signals and waits; false, with errno, where the system refuses.
[[nodiscard, gnu::cold, gnu::noinline]] inline bool write_all(int file, file_pieces pieces) {
    for (std::span<const std::byte> left : pieces)
        while (!left.empty()) {
            constexpr std::size_t most = std::size_t{1} << 30; // some systems refuse 2 GiB at once
            const ssize_t put = ::write(file, left.data(), left.size() < most ? left.size() : most);
            if (put > 0) {
                left = left.subspan(static_cast<std::size_t>(put));
            } else if (put == 0) {
                return errno = ENOSPC, false;
            } else if (errno == EAGAIN) { // a pipe that does not wait by itself
                pollfd room{file, POLLOUT, 0};
                (void)::poll(&room, 1, -1);
            } else if (errno != EINTR) {
                return false;
            }
        }
    return true;
}

/// Brings a file to the disk; true as well on file systems that cannot be told to.
[[nodiscard, gnu::cold, gnu::noinline]] inline bool flush_to_disk(int file) {
    while (::fsync(file) != 0)
        if (errno != EINTR) return errno == EINVAL || errno == ENOTSUP || errno == EOPNOTSUPP || errno == ENOSYS;
    return true;
}

} // namespace strata::inline STRATA_ABI::io
