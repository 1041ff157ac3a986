#pragma once
#include <strata/base/abi.hpp>

#include <cstdio>

namespace strata::inline STRATA_ABI::detail {

/// Says that this program trains without optimisation, once.
/// (A fit without progress says nothing, and -DSTRATA_QUIET_UNOPTIMISED silences the others.)
[[gnu::cold, gnu::noinline]] inline void say_unoptimised() {
    static const int once =
        std::fprintf(stderr, "strata: this program was compiled without optimisation, so it trains hundreds of times "
                             "more slowly. Compile it with -O2 (in CMake: -DCMAKE_BUILD_TYPE=Release).\n");
    static_cast<void>(once);
}

} // namespace strata::inline STRATA_ABI::detail
