#include "files.hpp"
#include "png_pixels.hpp"
#include "xml.hpp"
#include <strata/pictures/image_sheet.hpp>

using namespace strata_tests;
using strata::error, strata::image_scale, strata::image_sheet;

namespace {

/// The images of a sheet as an SVG holds them.
std::vector<png_pixels> images_in(const std::string& svg) {
    std::vector<png_pixels> images;
    for (const element& e : named(read_xml(svg), "image"))
        images.push_back(read_png(bytes_of_address(e.at("xlink:href"))));
    return images;
}

} // namespace

TEST_CASE("png: base64 has RFC 4648's examples", "[pictures]") {
    const char* pairs[][2] = {{"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
                              {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : pairs) CHECK(strata::pictures::base64(bytes) == text);
}

TEST_CASE("image_sheet: pixels are the numbers", "[pictures]") {
    const image_sheet sheet{.images = {0, 1, 0.5, -3, 7, 0.2}, .extents = {1, 1, 3}, .zoom = 1};
    const auto images = images_in(sheet.to_svg());
    REQUIRE(images.size() == 2);
    CHECK(images[0].channels == 1);
    CHECK(images[0].bytes == std::vector<unsigned char>{0, 255, 128});
    CHECK(images[1].bytes == std::vector<unsigned char>{0, 255, 51}); // cut
}

TEST_CASE("image_sheet: scales", "[pictures]") {
    image_sheet sheet{.images = {1, 3, 2, -5, 5, 0}, .extents = {1, 1, 3}, .scale = image_scale::each, .zoom = 1};
    auto images = images_in(sheet.to_svg());
    CHECK(images[0].bytes == std::vector<unsigned char>{0, 255, 128});
    CHECK(images[1].bytes == std::vector<unsigned char>{0, 255, 128});
    sheet.scale = image_scale::together; // from -5 to 5
    images = images_in(sheet.to_svg());
    CHECK(images[0].bytes == std::vector<unsigned char>{153, 204, 179});
    sheet.scale = image_scale::around_zero; // zero is white, below it is blue, above it red
    images = images_in(sheet.to_svg());
    REQUIRE(images[1].channels == 3);
    CHECK(images[1].at(0, 0, 2) > images[1].at(0, 0, 0));
    CHECK(images[1].at(1, 0, 0) > images[1].at(1, 0, 2));
    for (unsigned c = 0; c < 3; ++c) CHECK(images[1].at(2, 0, c) == 247);
    sheet.images = {4, 4, 4}; // all alike: in the middle, and no division by zero
    sheet.scale = image_scale::each;
    CHECK(images_in(sheet.to_svg())[0].bytes == std::vector<unsigned char>{128, 128, 128});
}

TEST_CASE("image_sheet: colours, zoom, and what is no number", "[pictures]") {
    const image_sheet sheet{
        .images = {1, 0, 0, 1, NAN, 0.5}, .extents = {3, 1, 2}, .zoom = 4}; // red 1 0, green 0 1, blue NaN 0.5
    const auto image = images_in(sheet.to_svg()).at(0);
    CHECK(image.width == 8);
    CHECK(image.height == 4);
    for (unsigned x = 0; x < 4; ++x) // no number anywhere in the pixel: magenta
        CHECK((image.at(x, 3, 0) == 255 && image.at(x, 3, 1) == 0 && image.at(x, 3, 2) == 255));
    for (unsigned x = 4; x < 8; ++x)
        CHECK((image.at(x, 0, 0) == 0 && image.at(x, 0, 1) == 255 && image.at(x, 0, 2) == 128));
}

TEST_CASE("image_sheet: a grid with captions, and the images alone as a PNG file", "[pictures]") {
    const temporary_folder folder;
    const image_sheet sheet{.title = "Five & more",
                            .images = std::vector<float>(5 * 4, 1),
                            .extents = {1, 2, 2},
                            .captions = {"a", "b", "c", "d", "a caption that is far too long for its place"},
                            .columns = 3,
                            .zoom = 10};
    const auto all = read_xml(sheet.to_svg());
    const auto images = named(all, "image");
    REQUIRE(images.size() == 5);
    CHECK(images[0].number("y") == images[2].number("y"));
    CHECK(images[3].number("y") > images[2].number("y") + 20);
    CHECK(images[3].number("x") == images[0].number("x"));
    const auto words = words_in(sheet.to_svg());
    CHECK(has(words, "Five &amp; more"));
    CHECK(has(words, "d"));
    const std::vector<std::string> lines(words.end() - 3, words.end()); // nothing of it is lost
    CHECK(lines == std::vector<std::string>{"a caption that is", "far too long for", "its place"});
    for (const element& e : images) {
        CHECK(e.number("x") + e.number("width") <= all[0].number("width"));
        CHECK(e.number("y") + e.number("height") <= all[0].number("height"));
    }
    sheet.save_png(folder / "sheet.png");
    std::FILE* file = std::fopen((folder / "sheet.png").c_str(), "rb");
    REQUIRE(file != nullptr);
    std::string bytes(100000, 0);
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
    std::fclose(file);
    CHECK(bytes == sheet.to_png());
    const auto png = read_png(bytes);
    CHECK(png.width == 3 * 20 + 4 * 2);
    CHECK(png.height == 2 * 20 + 3 * 2);
}

TEST_CASE("image_sheet: mistakes are told", "[pictures]") {
    const auto told = [](const image_sheet& sheet) { return message_of<error>([&] { (void)sheet.to_svg(); }); };
    CHECK(told({.title = "F"})
          == "strata: the image sheet 'F' has images of .extents {}; use {1, H, W} for grey or {3, H, W} for colour "
             "images. Draw any other number of channels as separate grey images.");
    CHECK(told({.images = {1, 2}, .extents = {2, 1, 1}}).find(".extents {2, 1, 1}; use") != std::string::npos);
    CHECK(told({.extents = {1, 2, 2}})
          == "strata: the image sheet has no images. Set .images to their numbers, image by image.");
    CHECK(told({.images = {1, 2, 3}, .extents = {1, 1, 2}})
          == "strata: the image sheet was given 3 numbers, which is not a whole number of images of 2.");
    CHECK(told({.images = {1, 2}, .extents = {1, 1, 1}, .captions = {"a"}})
          == "strata: the image sheet has 2 images and 1 captions. Give one per image, or none.");
    const image_sheet large{.images = std::vector<float>(200 * 200), .extents = {1, 200, 200}, .zoom = 100};
    CHECK(message_of<error>([&] { large.save("/nowhere/large.svg"); })
          == "strata: /nowhere/large.svg: the image sheet would be 20000 by 20000 pixels, more than 16000. Use fewer "
             "images or a smaller .zoom.");
    // Whatever the zoom: these sizes are no int, and one of them would look small as one.
    CHECK(told({.images = {1, 2, 3, 4}, .extents = {1, 2, 2}, .zoom = 1 << 30})
          == "strata: the image sheet would be 2147483648 by 2147483648 pixels, more than 16000. Use fewer images or a "
             "smaller .zoom.");
    const image_sheet wrapped{.images = std::vector<float>(28 * 28), .extents = {1, 28, 28}, .zoom = 153391690};
    CHECK(says(message_of<error>([&] { (void)wrapped.to_png(); }), "would be 4294967320 by 4294967320 pixels"));
    CHECK(told({.images = {1}, .extents = {3, 2147483647, 2147483647}})
          == "strata: the image sheet has images of .extents {3, 2147483647, 2147483647}; the maximum is 16000 pixels "
             "per side. Use smaller images.");
    const image_sheet small{.images = {1}, .extents = {1, 1, 1}};
    CHECK(message_of<strata::file_error>([&] {
              small.save("/nowhere/small.svg");
          }).find("cannot write /nowhere/small.svg")
          != std::string::npos);
}

TEST_CASE("image_sheet: captions in several lines push the next row down, and stay in the picture", "[pictures]") {
    image_sheet sheet{
        .images = std::vector<float>(4 * 4, 1),
        .extents = {1, 2, 2},
        .captions = {"short", "automobile taken for a truck", "\u6f22\u5b57 taken for \u6570\u5b57", "end"},
        .columns = 2,
        .zoom = 30};
    auto all = read_xml(sheet.to_svg());
    const double height = all[0].number("height");
    const auto images = named(all, "image");
    double lowest_of_first_row = 0;
    std::size_t lines = 0;
    for (const element& e : named(all, "text")) {
        CHECK(e.number("y") < height);
        if (e.number("y") < images[2].number("y")) lowest_of_first_row = std::max(lowest_of_first_row, e.number("y"));
        ++lines;
    }
    CHECK(lines >= 6);
    CHECK(lowest_of_first_row > images[0].number("y") + 60 + 14);
    CHECK(lowest_of_first_row + 5 < images[2].number("y"));
    sheet.captions[3] = std::string(1000, 'w'); // of one word: at most six lines
    CHECK(read_xml(sheet.to_svg())[0].number("height") < height + 6 * 14);
    CHECK(words_in(sheet.to_svg()).back().find("\u2026") != std::string::npos);
}

TEST_CASE("image_sheet: what was misclassified is red, frame and caption", "[pictures]") {
    image_sheet sheet{.images = std::vector<float>(2 * 4, 1),
                      .extents = {1, 2, 2},
                      .captions = {"3", "9 taken for 4"},
                      .wrong = {false, true}};
    const auto all = read_xml(sheet.to_svg());
    std::vector<std::string> captions, frames;
    for (const element& e : named(all, "text")) captions.push_back(e.at("class") + " " + e.at("fill"));
    for (const element& e : named(all, "rect"))
        if (e.at("fill") == "none") frames.push_back(e.at("class") + " " + e.at("stroke"));
    CHECK(captions == std::vector<std::string>{"ink #24292f", "wrong #b3261e"});
    CHECK(frames == std::vector<std::string>{"axis #57606a", "wrong-rim #b3261e"});
    sheet.wrong = {true};
    CHECK(message_of<error>([&] { (void)sheet.to_svg(); })
          == "strata: the image sheet has 2 images and 1 values of .wrong. Give one per image, or none.");
}
