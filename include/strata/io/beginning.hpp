#pragma once
#include <strata/base/words/display_width.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::io {

/// The beginning of a text from a file, for a message: at most 40 columns and 160 bytes of it, whole characters.
/// Control characters become blanks, and bytes that are not UTF-8 become U+FFFD.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string beginning(std::string_view text) {
    std::string words;
    std::size_t columns = 0;
    while (!text.empty()) {
        const text_cluster c = first_cluster(text);
        const auto taken = static_cast<std::size_t>(c.columns);
        if (columns + taken > 40 || words.size() + c.bytes > 160) return words += "...";
        const bool control = c.code < 0x20 || (c.code >= 0x7f && c.code < 0xa0);
        if (control) words += ' ';
        else if (c.code == 0xfffd) words += "\xef\xbf\xbd";
        else words += text.substr(0, c.bytes);
        columns += taken;
        text.remove_prefix(c.bytes);
    }
    return words;
}

} // namespace strata::inline STRATA_ABI::io
