/// What a user's first program does: includes everything, declares a network, prints a fact about it.
#if __has_include(<strata/strata.hpp>)
#include <strata/strata.hpp>
struct consumer : strata::network<strata::features<4>, strata::dense<3>, strata::relu, strata::dense<1>> {};
static_assert(strata::parameter_count<consumer> == 19);
#endif
#include <strata/version.hpp>

#include <cstdio>
#include <zlib.h>

int main() {
    std::printf("strata %d.%d.%d, zlib %s\n", strata::version.major_part, strata::version.minor_part,
                strata::version.patch_part, zlibVersion());
    return 0;
}
