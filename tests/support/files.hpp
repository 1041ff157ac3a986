#pragma once
/// What tests of files need: a folder that goes away with its owner, bytes written as they are, and an
/// error's text.
#include "catch.hpp"
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace strata_tests {

/// A new folder (of files and folders of files), deleted at the end of its owner's life.
class temporary_folder {
  public:
    temporary_folder() {
        const char* base = std::getenv("TMPDIR");
        path_ = std::string(base != nullptr && *base != 0 ? base : "/tmp") + "/strata-test-XXXXXX";
        REQUIRE(::mkdtemp(path_.data()) != nullptr);
    }
    ~temporary_folder() { remove(path_); }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

    /// Writes a file and returns its path.
    [[nodiscard]] std::string file(const std::string& name, const std::string& bytes) const {
        std::FILE* f = std::fopen((*this / name).c_str(), "wb");
        REQUIRE(f != nullptr);
        REQUIRE(std::fwrite(bytes.data(), 1, bytes.size(), f) == bytes.size());
        REQUIRE(std::fclose(f) == 0);
        return *this / name;
    }
    [[nodiscard]] std::string folder(const std::string& name) const {
        REQUIRE(::mkdir((*this / name).c_str(), 0777) == 0);
        return *this / name;
    }

  private:
    static void remove(const std::string& folder) {
        for (const std::string& name : names_in(folder)) {
            const std::string path = folder + "/" + name;
            if (::unlink(path.c_str()) != 0) remove(path);
        }
        ::rmdir(folder.c_str());
    }

  public:
    /// The names of what is in a folder.
    [[nodiscard]] static std::vector<std::string> names_in(const std::string& folder) {
        std::vector<std::string> names;
        if (DIR* directory = ::opendir(folder.c_str())) {
            while (const dirent* entry = ::readdir(directory))
                if (const std::string name = entry->d_name; name != "." && name != "..") names.push_back(name);
            ::closedir(directory);
        }
        return names;
    }

  private:
    std::string path_;
};

/// The message of the Error that `action` throws; anything else fails the test.
template <class Error, class Action>
std::string message_of(Action action) {
    try {
        action();
    } catch (const Error& e) {
        return e.what();
    }
    FAIL("an error was expected and none came");
    return {};
}

/// Whether a message holds all of these words.
template <class... Words>
bool says(const std::string& message, const Words&... words) {
    const bool all = ((message.find(words) != std::string::npos) && ...);
    if (!all) UNSCOPED_INFO("the message was: " + message);
    return all;
}

} // namespace strata_tests
