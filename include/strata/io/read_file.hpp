#pragma once
#include <cstddef>
#include <strata/base/error.hpp>
#include <strata/io/open_file.hpp>
#include <string>
#include <vector>

namespace strata::inline v0_1::io {

/// The whole content of a regular file.
///
/// Errors   file_error where it cannot be read, or shrinks while it is read
[[nodiscard, gnu::cold]] inline std::vector<std::byte> read_file(const std::string& path) {
    open_file file(path);
    std::vector<std::byte> content(static_cast<std::size_t>(file.size()));
    const std::size_t got = file.read(content.data(), content.size());
    if (got < content.size())
        refuse_file(path, got, {"the file became shorter while it was read. Try again."});
    return content;
}

} // namespace strata::inline v0_1::io
