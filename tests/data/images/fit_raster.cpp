#include "catch.hpp"

#include <strata/data/images/fit_raster.hpp>

using strata::data::fit_raster;
using strata::data::raster;
using bytes = std::vector<std::uint8_t>;

TEST_CASE("fit_raster: half the size is a weighted mean of four pixels in each direction") {
    // By hand, s = 2: weights 1/8, 3/8, 3/8, 1/8; at the edges the first is not there, and the sum is 7/8.
    const raster row{1, 2, 8, {0, 80, 160, 240, 80, 0, 0, 0, 0, 80, 160, 240, 80, 0, 0, 0}};
    const raster half = fit_raster(row, 1, 4);
    CHECK((half.height == 1 && half.width == 4));
    CHECK(half.bytes
          == bytes{std::uint8_t((3 * 0 + 3 * 80 + 160) / 7. + 0.5), std::uint8_t((80 + 3 * 160 + 3 * 240 + 80) / 8.),
                   std::uint8_t((240 + 3 * 80) / 8.), 0});
}

TEST_CASE("fit_raster: twice the size is linear interpolation between the centres of pixels") {
    const raster two{1, 1, 2, {0, 100}};
    CHECK(fit_raster(two, 2, 4).bytes == bytes{0, 25, 75, 100, 0, 25, 75, 100});
}

TEST_CASE("fit_raster: the middle of what covers the size, each channel for itself") {
    const raster wide{2, 2, 6, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32}};
    CHECK(fit_raster(wide, 2, 2).bytes == bytes{3, 4, 9, 10, 23, 24, 29, 30});
    CHECK(fit_raster(wide, 2, 6).bytes == wide.bytes);
    raster long_row{1, 1, 1'000'000, bytes(1'000'000, 7)}; // brought to 3000 rows it would cover 3e9 columns
    long_row.bytes[500'000] = 200;
    const raster middle = fit_raster(long_row, 3000, 2);
    CHECK((middle.bytes[0] > 90 && middle.bytes[1] > 90));
    const raster tall{1, 5, 1, {1, 2, 3, 4, 5}};
    CHECK(fit_raster(tall, 1, 1).bytes == bytes{3});
}
