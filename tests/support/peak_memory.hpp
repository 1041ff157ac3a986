#pragma once
/// The most memory that an action takes beyond what the process has, in MiB; 0 where the system does not tell
/// (Linux does).
#include <cstdlib>
#include <fstream>
#include <string>

namespace strata_tests {

inline long high_water_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmHWM:", 0) == 0) return std::atol(line.c_str() + 6);
    return 0;
}

/// What a heap may take for what a program asks: the sanitizers' keep what was given back for a while.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr double heap_factor = 8;
#else
inline constexpr double heap_factor = 1;
#endif

template <class Action>
double peak_mib(Action action) {
    std::ofstream("/proc/self/clear_refs") << "5"; // the mark falls to what the process has now
    const long before = high_water_kib();
    action();
    return static_cast<double>(high_water_kib() - before) / 1024;
}

} // namespace strata_tests
