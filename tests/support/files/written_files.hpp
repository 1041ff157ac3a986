#pragma once
/// What tests of writing files need besides: a text written, what stands in a file, how a refusal reads, a process of
/// its own.
#include "files.hpp"

#include <strata/io/write_file.hpp>

#include <algorithm>
#include <fstream>
#include <functional>
#include <grp.h>
#include <iterator>
#include <sys/wait.h>

namespace strata_tests {

/// In several pieces, one of them empty.
inline void write_text(const std::string& path, const std::string& text) {
    const std::span<const std::byte> bytes = std::as_bytes(std::span(text.data(), text.size()));
    const std::span<const std::byte> pieces[] = {bytes.first(text.size() / 2), {}, bytes.subspan(text.size() / 2)};
    strata::io::write_file(path, pieces);
}
inline std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
inline std::string refusal_to_write(const std::string& path, const std::string& text = "new") {
    const std::string message = message_of<strata::file_error>([&] { write_text(path, text); });
    CHECK(says(message, path));
    return message;
}
/// Of the path itself, not of what a link leads to.
inline struct stat facts_about(const std::string& path) {
    struct stat facts{};
    REQUIRE(::lstat(path.c_str(), &facts) == 0);
    return facts;
}
inline unsigned mode_of(const std::string& path) { return facts_about(path).st_mode & 07777u; }

using names = std::vector<std::string>;
inline names sorted_names(const std::string& folder) {
    names all = temporary_folder::names_in(folder);
    std::sort(all.begin(), all.end());
    return all;
}
/// What a process of its own exits with.
inline int in_child(const std::function<int()>& body) {
    static_cast<void>(std::fflush(stdout)); // or it would be printed twice
    const pid_t child = ::fork();
    if (child == 0) {
        int result = 99;
        try {
            result = body();
        } catch (...) { // Catch's, too: this process is no second run of the tests
        }
        ::_exit(result);
    }
    REQUIRE(child > 0);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}
/// Gives root's rights up, in a process of its own.
inline bool become(unsigned id) { return ::setgroups(0, nullptr) == 0 && ::setgid(id) == 0 && ::setuid(id) == 0; }

} // namespace strata_tests
