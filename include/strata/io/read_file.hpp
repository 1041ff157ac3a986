#pragma once
#include <cstddef>
#include <strata/io/byte_block.hpp>
#include <strata/io/open_file.hpp>
#include <string>

namespace strata::inline STRATA_ABI::io {

/// The next `size` bytes of an open file, of which `before` were read.
[[nodiscard, gnu::cold]] inline byte_block read_bytes(open_file& file, unsigned long long before,
                                                      unsigned long long size) {
    byte_block bytes(size, file.path());
    const std::size_t got = file.read(bytes.data(), bytes.size());
    if (got < bytes.size())
        refuse_file(file.path(), before + got, {"the file was truncated while it was being read. Try again."});
    return bytes;
}

/// The whole content of a regular file.
///
/// Errors   file_error where it cannot be read, there is no memory for it, or it shrinks while it is read
[[nodiscard, gnu::cold]] inline byte_block read_file(const std::string& path) {
    open_file file(path);
    return read_bytes(file, 0, file.size());
}

} // namespace strata::inline STRATA_ABI::io
