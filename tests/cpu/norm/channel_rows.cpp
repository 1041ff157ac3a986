/// How rows of channels are cut: every number once, in whole registers as far as there are rows enough.
#include "catch.hpp"

#include <strata/cpu/norm/channel_rows.hpp>

#include <vector>

using namespace strata;
using namespace strata::core;
using arch = xsimd::default_arch;

namespace {
constexpr int lanes = on_cpu::lanes_of<float, arch>;

/// How often each number of rows x channels was walked over, where its channel was told rightly.
std::vector<int> visits(int rows, int channels) {
    std::vector<int> of(static_cast<std::size_t>(rows * channels));
    on_cpu::each_channel_rows<float, arch>(rows, channels, [&](const on_cpu::channel_rows& part) {
        for (std::ptrdiff_t r = 0; r < part.count; ++r)
            for (int i = 0; i < part.width; ++i) {
                const std::ptrdiff_t at = part.at() + r * part.stride + i;
                of[static_cast<std::size_t>(at)] += at % channels == part.channel + i % part.channels;
            }
    });
    return of;
}
} // namespace

TEST_CASE("channel rows: every number is walked over once, as its own channel's") {
    for (const int channels : {1, 3, 6, 8, 16, 17, 64, 70, 1023, 1024, 1025, 2500})
        for (const int rows : {1, 2, 7, 8, 64, 300}) {
            INFO(rows << " rows of " << channels);
            CHECK(visits(rows, channels) == std::vector<int>(static_cast<std::size_t>(rows * channels), 1));
        }
}

TEST_CASE("channel rows: before a part lie all rows of the parts before it") {
    std::ptrdiff_t rows = 0;
    on_cpu::each_channel_rows<float, arch>(8 * 4 * lanes + 5, 3, [&](const on_cpu::channel_rows& part) {
        CHECK(part.before == rows);
        CHECK(part.width % part.channels == 0);
        rows += part.count * (part.width / part.channels);
    });
    CHECK(rows == 8 * 4 * lanes + 5);
}

TEST_CASE("channel rows: many rows that end within a register are joined to whole strips") {
    for (const int channels : {1, 3, 6, lanes}) {
        int parts = 0;
        on_cpu::each_channel_rows<float, arch>(8 * 4 * lanes, channels, [&](const on_cpu::channel_rows& part) {
            CHECK(part.width % (4 * lanes) == 0);
            ++parts;
        });
        CHECK(parts == 1);
    }
}
