#pragma once
/// What a function writes to a stream of the process: 1 is stdout, 2 stderr.
#include <cstdio>
#include <string>
#include <unistd.h>

namespace strata_tests {

template <class Function>
std::string written_to(int stream, Function function) {
    std::fflush(stdout), std::fflush(stderr);
    std::FILE* const file = std::tmpfile();
    const int before = ::dup(stream);
    ::dup2(::fileno(file), stream);
    function();
    std::fflush(stdout), std::fflush(stderr);
    ::dup2(before, stream);
    ::close(before);
    std::rewind(file);
    std::string all;
    for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) all += static_cast<char>(c);
    std::fclose(file);
    return all;
}

} // namespace strata_tests
