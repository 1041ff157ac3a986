#pragma once
/// What a function writes on stderr.
#include <cstdio>
#include <string>
#include <unistd.h>

namespace strata_tests {

template <class Function>
std::string said_on_stderr(Function function) {
    std::fflush(stderr);
    std::FILE* const file = std::tmpfile();
    const int before = ::dup(2);
    ::dup2(::fileno(file), 2);
    function();
    std::fflush(stderr);
    ::dup2(before, 2);
    ::close(before);
    std::rewind(file);
    std::string all;
    for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) all += static_cast<char>(c);
    std::fclose(file);
    return all;
}

} // namespace strata_tests
