#pragma once
#include <cstddef>
#include <initializer_list>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/write_file.hpp>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::pictures {

/// picture_of — which picture a message is about: its kind, its title and the file it was meant for.
struct picture_of {
    const char* kind;
    std::string_view title, file;

    /// Raises `error`: "strata: loss.svg: the line plot 'Loss' has no series. ..."
    [[noreturn, gnu::cold]] void refuse(std::initializer_list<sentence_part> why) const {
        raise(sentence({"strata: ", file, file.empty() ? "" : ": ", "the ", kind, title.empty() ? "" : " '", title,
                        title.empty() ? " " : "' ", sentence(why)}));
    }
};

/// Writes a text or bytes as a file, all or nothing.
[[gnu::cold]] inline void save_picture(const std::string& path, std::string_view bytes) {
    const std::span<const std::byte> piece = std::as_bytes(std::span(bytes.data(), bytes.size()));
    io::write_file(path, {&piece, 1});
}

} // namespace strata::inline STRATA_ABI::pictures
