#pragma once
// Command-line arguments of the examples: --data DIR --epochs N --seed S --threads N; some also take --report FILE.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

struct arguments {
    struct defaults {
        int epochs = 1;
        std::uint64_t seed = 1;
        int threads = 1;
        const char* report = nullptr; // for a program that writes none
    };
    std::string data;
    int epochs;
    std::uint64_t seed;
    int threads;
    std::string report;

    arguments(int argc, char** argv, defaults d)
        : epochs(d.epochs), seed(d.seed), threads(d.threads), report(d.report == nullptr ? "" : d.report) {
#ifdef STRATA_DATA_DIR // a folder of data sets that CMake was given or found
        ::setenv("STRATA_DATA", STRATA_DATA_DIR, 0);
#endif
        for (int i = 1; i < argc; i += 2) {
            const std::string_view name = argv[i];
            const char* const value = i + 1 < argc ? argv[i + 1] : nullptr;
            const long n = value == nullptr ? -1 : number(value);
            if (value != nullptr && name == "--data") data = value;
            else if (n > 0 && name == "--epochs") epochs = static_cast<int>(n);
            else if (n >= 0 && name == "--seed") seed = static_cast<std::uint64_t>(n);
            else if (n > 0 && name == "--threads") threads = static_cast<int>(n);
            else if (value != nullptr && name == "--report" && d.report != nullptr) report = value;
            else usage(argv[0], argv[i], d.report != nullptr);
        }
    }

  private:
    /// A whole number of at most nine digits, or −1.
    static long number(const char* text) {
        char* end = nullptr;
        const long n = std::strtol(text, &end, 10);
        return *text != 0 && *end == 0 && n >= 0 && n < 1'000'000'000 ? n : -1;
    }
    [[noreturn]] static void usage(const char* program, const char* wrong, bool reports) {
        std::fprintf(stderr, "%s: cannot take '%s'\nusage: %s [--data DIR] [--epochs N] [--seed S] [--threads N]%s\n",
                     program, wrong, program, reports ? " [--report FILE]" : "");
        std::exit(2);
    }
};
