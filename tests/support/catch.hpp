#pragma once
/// Catch2, version 2.13 or 3, and the one thing that 2.13 lacks: a test case that skips itself.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx; // where version 2 has it for TEST_CASE bodies that write Approx
#else
#include <catch2/catch.hpp>
#endif
#include <string>

namespace strata_tests {

/// Says on the terminal that the running test case could not check anything, and why. The program then ends with
/// CTest's code for "skipped", unless another test case failed.
void report_skip(const std::string& reason);

} // namespace strata_tests

/// Leaves the running test case, tagged [data], which could not check anything: STRATA_SKIP("no MNIST found").
#define STRATA_SKIP(reason) \
    do { \
        strata_tests::report_skip(reason); \
        SUCCEED("skipped"); \
        return; \
    } while (false)
