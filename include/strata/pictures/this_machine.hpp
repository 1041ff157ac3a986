#pragma once
#include <cstddef>
#include <cstdio>
#include <strata/base/words/sentence.hpp>
#include <strata/cpu/instruction_set.hpp>
#include <string>
#include <string_view>
#include <unistd.h>

namespace strata::inline STRATA_ABI::pictures {

/// What a run ran on.
struct this_machine {
    std::string cpu; ///< its name and its threads
    std::string instructions;
    std::string compiler;
};

/// The value of the first line "model name : ..." of /proc/cpuinfo.
[[nodiscard, gnu::cold]] inline std::string cpu_name_in(std::string_view cpuinfo) {
    const std::size_t line = cpuinfo.find("model name");
    const std::size_t colon = cpuinfo.find(':', line);
    if (line == std::string_view::npos || colon == std::string_view::npos) return "unknown CPU";
    std::string_view name = cpuinfo.substr(colon + 1, cpuinfo.find('\n', colon) - colon - 1);
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    return std::string(name);
}

/// The beginning of the file, or nothing where it cannot be read.
[[nodiscard, gnu::cold]] inline std::string beginning_of(const char* path) {
    std::string text(4096, '\0');
    std::FILE* const file = std::fopen(path, "r");
    text.resize(file == nullptr ? 0 : std::fread(text.data(), 1, text.size(), file));
    if (file != nullptr) std::fclose(file);
    return text;
}

/// Compiled: for which instructions; a template argument, since it differs between translation units.
template <instruction_bits Compiled>
[[nodiscard, gnu::cold]] this_machine describe_this_machine() {
    this_machine m;
    const long threads = ::sysconf(_SC_NPROCESSORS_ONLN);
    m.cpu =
        sentence({cpu_name_in(beginning_of("/proc/cpuinfo")), ", ", threads, threads == 1 ? " thread" : " threads"});
    for (int i = 0; i < instruction_count; ++i)
        if ((Compiled >> i & 1U) != 0)
            m.instructions += sentence({m.instructions.empty() ? "" : " ", instruction_names[i]});
    if (m.instructions.empty()) m.instructions = "the least that its kind of CPU has (compiled without -march)";
#if defined(__clang__)
    m.compiler = "clang++ " __clang_version__;
#elif defined(__GNUC__)
    m.compiler = "g++ " __VERSION__;
#else
    m.compiler = "unknown";
#endif
#if !defined(__OPTIMIZE__)
    m.compiler += ", without optimisation";
#endif
    return m;
}

} // namespace strata::inline STRATA_ABI::pictures
