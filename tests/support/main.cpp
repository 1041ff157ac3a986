/// The one main of all test programs: Catch2's, with an exit code of its own for "skipped". With STRATA_TRAPS in the
/// environment, invalid operations (of 0/0, of a signalling NaN, ...) and divisions by zero end the test case with
/// SIGFPE; those that mean to do so are tagged [nan]. Data sets are looked for in the folder that CMake was given,
/// unless STRATA_DATA names another.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#endif
#include "catch.hpp"
#include <cstdio>
#include <cstdlib>
#if defined(__GLIBC__)
#include <fenv.h>
#endif

namespace {
bool something_was_skipped = false;
}

void strata_tests::report_skip(const std::string& reason) {
    something_was_skipped = true;
    std::printf("STRATA_SKIP: %s\n", reason.c_str());
    std::fflush(stdout);
}

int main(int argc, char** argv) {
#if defined(STRATA_DATA_DIR) // of CMakeLists.txt
    ::setenv("STRATA_DATA", STRATA_DATA_DIR, 0);
#endif
#if defined(__GLIBC__)
    if (std::getenv("STRATA_TRAPS") != nullptr) feenableexcept(FE_INVALID | FE_DIVBYZERO);
#endif
    constexpr int skipped = 77; // SKIP_RETURN_CODE in tests/CMakeLists.txt; no number of failures may look like it
    if (Catch::Session().run(argc, argv) != 0) return 1;
    return something_was_skipped ? skipped : 0;
}
