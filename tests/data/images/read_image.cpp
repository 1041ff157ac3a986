#include "files/written_images.hpp"

#include <strata/data/images/read_image.hpp>

#include <fstream>
#include <iterator>

using namespace strata_tests;
using strata::data::raster;
using strata::data::read_image;
using strata::data::read_label_map;

namespace {
using bytes = std::vector<std::uint8_t>;

std::string refusal(const std::string& path, long long most = strata::data::most_pixels_of_an_image) {
    const std::string message = message_of<strata::file_error>([&] { (void)read_image(path, 0, most); });
    CHECK(says(message, path));
    return message;
}
std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
} // namespace

TEST_CASE("read_image: planes of a PNG file, grey or in colour") {
    const temporary_folder here;
    write_png<std::uint8_t>(here / "rgb.png", PNG_FORMAT_RGB, 2, 3,
                            {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90});
    const raster rgb = read_image(here / "rgb.png");
    CHECK((rgb.channels == 3 && rgb.height == 2 && rgb.width == 3));
    CHECK(rgb.bytes == bytes{1, 4, 7, 10, 40, 70, 2, 5, 8, 20, 50, 80, 3, 6, 9, 30, 60, 90});
    write_png<std::uint8_t>(here / "grey.png", PNG_FORMAT_GRAY, 1, 4, {0, 100, 200, 255});
    CHECK(read_image(here / "grey.png").bytes == bytes{0, 100, 200, 255});
    CHECK(read_image(here / "grey.png", 3).bytes == bytes{0, 100, 200, 255, 0, 100, 200, 255, 0, 100, 200, 255});
    CHECK(read_image(here / "rgb.png", 1).channels == 1);
    CHECK(says(message_of<strata::shape_error>([&] { (void)read_image(here / "rgb.png", 4); }),
               "an image has 1 channel (grey) or 3"));
}

TEST_CASE("read_image: alpha is laid on black, 16 bits become 8, a palette gives colours or its numbers") {
    const temporary_folder here;
    write_png<std::uint8_t>(here / "alpha.png", PNG_FORMAT_RGBA, 1, 2, {200, 100, 50, 255, 200, 100, 50, 0});
    CHECK(read_image(here / "alpha.png").bytes == bytes{200, 0, 100, 0, 50, 0});
    write_palette_png(here / "palette.png", 2, 2, {0, 4, 2, 1});
    CHECK(read_image(here / "palette.png", 1).bytes == bytes{60, 200, 23, 117}); // as Pillow's convert("L")
    CHECK(read_label_map(here / "palette.png", 4).bytes == bytes{0, 4, 2, 1});
    CHECK(read_image(here / "palette.png").bytes == bytes{200, 200, 0, 0, 0, 200, 0, 200, 0, 200, 200, 0});
    write_grey_png(here / "deep.png", 16, 3, {0, 0, 0x80, 0x80, 0xff, 0xff});
    CHECK(read_image(here / "deep.png").bytes == bytes{0, 128, 255});
    write_grey_png(here / "few.png", 4, 4, {0x01, 0x2f});
    CHECK(read_image(here / "few.png").bytes == bytes{0, 17, 34, 255});
    write_grey_png(here / "gamma.png", 8, 4, {50, 100, 150, 200}, 1.0);
    CHECK(read_image(here / "gamma.png").bytes == bytes{50, 100, 150, 200}); // a gamma is not applied, as in Pillow
}

TEST_CASE("read_image: grey of colours is the same from every file") {
    const temporary_folder here;
    bytes pixels;
    for (int i = 0; i < 256; ++i)
        for (int c = 0; c < 3; ++c) pixels.push_back(c == i / 96 ? 255 : 0); // rows of red, green and blue
    write_png(here / "rgb.png", PNG_FORMAT_RGB, 16, 16, pixels);
    const std::string jpeg = here.file("rgb.jpg", jpeg_bytes(TJPF_RGB, 16, 16, pixels));
    const raster of_png = read_image(here / "rgb.png", 1), of_jpeg = read_image(jpeg, 1);
    CHECK((of_png.bytes[0] == 76 && of_png.bytes[100] == 150 && of_png.bytes[255] == 29)); // Pillow's L
    int most = 0;
    for (std::size_t i = 0; i < 256; ++i) most = std::max(most, std::abs(of_png.bytes[i] - of_jpeg.bytes[i]));
    CHECK(most <= 3);
}

TEST_CASE("read_label_map: the numbers as they are stored") {
    const temporary_folder here;
    write_grey_png(here / "few.png", 4, 4, {0x01, 0x2f});
    CHECK(read_label_map(here / "few.png", 4).bytes == bytes{0, 1, 2, 15});
    write_grey_png(here / "gamma.png", 8, 4, {0, 1, 2, 255}, 1.0, true); // 255 is transparent
    CHECK(read_label_map(here / "gamma.png", 4).bytes == bytes{0, 1, 2, 255});
    const auto refuses = [&](const std::string& path) {
        return message_of<strata::file_error>([&] { (void)read_label_map(path, 100); });
    };
    write_grey_png(here / "deep.png", 16, 2, {0, 1, 0, 2});
    CHECK(says(refuses(here / "deep.png"), "deep.png", "16 bits for each pixel", "grey PNG of 8 bits"));
    write_png<std::uint8_t>(here / "rgb.png", PNG_FORMAT_RGB, 1, 1, {1, 2, 3});
    CHECK(says(refuses(here / "rgb.png"), "has colours, not a number for each pixel"));
    CHECK(says(refuses(here.file("map.jpg", jpeg_bytes(TJPF_GRAY, 8, 8, bytes(64, 1)))), "has to be a PNG file"));
    CHECK(says(refuses(here.file("none.png", "")), "has to be a PNG file"));
}

TEST_CASE("read_image: a JPEG file") {
    const temporary_folder here;
    bytes pixels(3 * 16 * 16);
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = std::uint8_t(i % 3 == 0 ? 200 : i % 3 == 1 ? 40 : i / 8);
    const std::string path = here.file("rgb.jpg", jpeg_bytes(TJPF_RGB, 16, 16, pixels));
    const raster rgb = read_image(path);
    REQUIRE((rgb.channels == 3 && rgb.height == 16 && rgb.width == 16));
    int most = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i)
        most = std::max(most, std::abs(pixels[i] - rgb.bytes[i % 3 * 256 + i / 3]));
    CHECK(most <= 3); // what the transform and the colours lose at the best quality
    const std::string grey = here.file("grey.jpeg", jpeg_bytes(TJPF_GRAY, 8, 8, bytes(64, 77)));
    CHECK(read_image(grey).channels == 1);
    CHECK(read_image(grey).bytes == bytes(64, 77));
    CHECK(read_image(grey, 3).bytes == bytes(192, 77));
}

TEST_CASE("read_image: what is no whole picture is one sentence") {
    const temporary_folder here;
    CHECK(says(refusal(here.file("empty.png", "")), "the file is empty"));
    CHECK(says(refusal(here.file("words.jpg", "hello, world")), "neither a PNG nor a JPEG file"));
    CHECK(says(message_of<strata::file_error>([&] { (void)read_image(here / "none.png"); }), "none.png"));
    bytes noise(3 * 64 * 64);
    for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = std::uint8_t(i * i * 7 >> 3);
    write_png(here / "whole.png", PNG_FORMAT_RGB, 64, 64, noise);
    const std::string png = content_of(here / "whole.png"), jpeg = jpeg_bytes(TJPF_RGB, 64, 64, noise);
    for (const std::size_t part : {10u, 40u, 60u, 90u}) {
        CAPTURE(part);
        CHECK(says(refusal(here.file("cut.png", png.substr(0, png.size() * part / 100))), "damaged or incomplete"));
        CHECK(says(refusal(here.file("cut.jpg", jpeg.substr(0, jpeg.size() * part / 100))), "damaged or incomplete"));
    }
    // Stray bytes before a marker hide what else is wrong from libjpeg's message.
    const std::size_t marker = jpeg.find("\xff\xdb");
    std::string stray = jpeg;
    stray.insert(marker, "abc");
    CHECK(says(refusal(here.file("stray.jpg", stray.substr(0, stray.size() / 2))), "damaged or incomplete"));
    std::string changed = png;
    changed[png.size() / 2] = char(~changed[png.size() / 2]);
    CHECK(says(refusal(here.file("changed.png", changed)), "libpng cannot read this PNG file"));
    CHECK(says(refusal(here.file("inks.jpg", jpeg_bytes(TJPF_CMYK, 8, 8, bytes(4 * 64, 9)))), "CMYK"));
}

TEST_CASE("read_image: a picture that claims to be huge takes no memory") {
    const temporary_folder here;
    write_png<std::uint8_t>(here / "small.png", PNG_FORMAT_GRAY, 3, 4, bytes(12, 1));
    CHECK(says(refusal(here / "small.png", 11), "4 x 3 pixels, but at most 11", "most_pixels"));
    std::string jpeg = jpeg_bytes(TJPF_GRAY, 8, 8, bytes(64, 1));
    const std::size_t frame = jpeg.find("\xff\xc0"); // its height and width stand five bytes behind
    REQUIRE(frame != std::string::npos);
    jpeg.replace(frame + 5, 4, std::string("\xff\x00\xff\x00", 4));
    CHECK(says(refusal(here.file("huge.jpg", jpeg)), "65280 x 65280 pixels"));
}
