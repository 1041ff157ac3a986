/// How products are cut into register tiles: the choices of the cost model, pinned.
#include "catch.hpp"

#include <strata/cpu/product/tile_sizes.hpp>

#include <vector>

using namespace strata::on_cpu;

namespace {
std::vector<int> heights(int rows, int most) {
    std::vector<int> result;
    const tile_cut cut = cut_rows(rows, most);
    result.insert(result.end(), cut.tall, cut.height + 1);
    result.insert(result.end(), cut.low, cut.height);
    return result;
}
} // namespace

TEMPLATE_TEST_CASE("tile sizes: accumulators, b and factors of a fit the register file", "", xsimd::sse4_2, xsimd::avx,
                   xsimd::avx512f, xsimd::neon64, xsimd::default_arch) {
    for (const int registers : {1, 2}) {
        const int most = most_tile_rows<TestType>(registers);
        CHECK(most * registers + registers + factors_held<TestType>(most) <= register_count<TestType>);
        CHECK(most * registers >= 8); // two multiply-adds a cycle, of latency four
    }
}

TEST_CASE(
    "tile sizes: sixteen registers hold 6 x 2 and 8 x 1 accumulators, thirty-two 12 x 2, or 7 x 2 beside factors") {
    STATIC_REQUIRE(most_tile_rows<xsimd::sse4_2>(1) == 8);
    STATIC_REQUIRE(most_tile_rows<xsimd::sse4_2>(2) == 6);
    STATIC_REQUIRE(most_tile_rows<xsimd::avx>(2) == 6);
    STATIC_REQUIRE(most_tile_rows<xsimd::avx512f>(1) == 12);
    STATIC_REQUIRE(most_tile_rows<xsimd::avx512f>(2) == 12);
    STATIC_REQUIRE(most_tile_rows<xsimd::neon64>(1) == 8);
    STATIC_REQUIRE(most_tile_rows<xsimd::neon64>(2) == 7);
}

TEST_CASE("tile sizes: rows are shared out evenly") {
    CHECK(heights(32, 6) == std::vector{6, 6, 5, 5, 5, 5});
    CHECK(heights(26, 6) == std::vector{6, 5, 5, 5, 5});
    CHECK(heights(10, 6) == std::vector{5, 5});
    CHECK(heights(7, 6) == std::vector{4, 3});
    CHECK(heights(24, 6) == std::vector{6, 6, 6, 6});
    CHECK(heights(28, 12) == std::vector{10, 9, 9});
    CHECK(heights(25, 12) == std::vector{9, 8, 8});
    CHECK(heights(32, 12) == std::vector{11, 11, 10});
}

TEST_CASE("tile sizes: every row is in one tile, and the tables say the same") {
    for (const int most : {6, 7, 12})
        for (int rows = 1; rows <= block_rows; ++rows) {
            int sum = 0;
            for (const int height : heights(rows, most)) {
                CHECK(height > 0);
                CHECK(height <= most);
                sum += height;
            }
            CHECK(sum == rows);
            const tile_cut cut = cut_rows(rows, most);
            const tile_cut listed = (most == 6 ? tile_cuts<6> : most == 7 ? tile_cuts<7> : tile_cuts<12>).of[rows];
            CHECK(listed.height == cut.height);
            CHECK(listed.tall == cut.tall);
            CHECK(listed.low == cut.low);
        }
}

TEST_CASE("tile sizes: long sums are cut into equal blocks of whole panels") {
    STATIC_REQUIRE(block_sums(256, 16) == 256);
    STATIC_REQUIRE(block_sums(100, 16) == 100);
    STATIC_REQUIRE(block_sums(400, 16) == 208);
    STATIC_REQUIRE(block_sums(784, 16) == 208);
    STATIC_REQUIRE(block_sums(5408, 16) == 256);
    STATIC_REQUIRE(block_sums(400, 32) == 224);
}
