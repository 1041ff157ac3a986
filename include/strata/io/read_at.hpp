#pragma once
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/open_file.hpp>
#include <unistd.h>

namespace strata::inline STRATA_ABI::io {

/// Reads the n bytes at an offset of an open file. It does not move the place at which the file is read
/// otherwise, so that many threads may do this at once.
///
/// Errors   file_error where reading fails or the file ends before
inline void read_at(const open_file& file, unsigned long long offset, void* into, std::size_t n) {
    auto* const to = static_cast<unsigned char*>(into);
    for (std::size_t have = 0; have < n;) {
        const ssize_t got = ::pread(file.descriptor(), to + have, n - have, static_cast<off_t>(offset + have));
        if (got > 0) {
            have += static_cast<std::size_t>(got);
        } else if (got == 0) {
            refuse_file(
                file.path(), offset + have,
                {"the file ends here, ", n - have, " bytes too early. Was it truncated meanwhile? Open it again."});
        } else if (errno != EINTR) {
            raise<file_error>(sentence({"strata: reading ", file.path(), " failed: ", std::strerror(errno), "."}));
        }
    }
}

} // namespace strata::inline STRATA_ABI::io
