#include "files/written_images.hpp"

#include <strata/data/readers/find_data.hpp>
#include <strata/images.hpp>

using namespace strata_tests;
using namespace strata::data;
using bytes = std::vector<std::uint8_t>;

namespace {
std::string refusal(const temporary_folder& here, const image_options& o) {
    return message_of<strata::file_error>([&] { (void)image_pairs(here / "x", here / "y", o); });
}
struct pair_of_samples {
    std::vector<float> x;
    std::vector<std::int32_t> classes;
};
pair_of_samples sample_of_pairs(const in_memory<class_indices>& set, std::size_t i) {
    pair_of_samples s{std::vector<float>(static_cast<std::size_t>(set.sample_shape().size())),
                      std::vector<std::int32_t>(static_cast<std::size_t>(set.target_shape().size()))};
    class_indices target{s.classes};
    set.read(i, {}, s.x, target);
    return s;
}
} // namespace

TEST_CASE("image_pairs: an image, and a class for each of its pixels") {
    const temporary_folder here;
    (void)here.folder("x"), (void)here.folder("y");
    (void)here.file("x/a.jpg", jpeg_bytes(TJPF_GRAY, 2, 3, bytes(6, 50)));
    write_png<std::uint8_t>(here / "x/b.png", PNG_FORMAT_GRAY, 2, 3, {1, 2, 3, 4, 5, 6});
    write_palette_png(here / "y/a.png", 2, 3, {0, 1, 2, 2, 1, 0});
    write_png<std::uint8_t>(here / "y/b.png", PNG_FORMAT_GRAY, 2, 3, {2, 2, 2, 1, 1, 0});
    const auto set = image_pairs(here / "x", here / "y", {.scale = {1, 0}, .classes = 3});
    CHECK((set.size() == 2 && set.classes() == 3));
    CHECK((set.sample_shape() == strata::shape(1, 2, 3) && set.target_shape() == strata::shape(2, 3)));
    CHECK(sample_of_pairs(set, 0).x == std::vector<float>(6, 50));
    CHECK(sample_of_pairs(set, 0).classes == std::vector<std::int32_t>{0, 1, 2, 2, 1, 0});
    CHECK(sample_of_pairs(set, 1).x == std::vector<float>{1, 2, 3, 4, 5, 6});
    CHECK(sample_of_pairs(set, 1).classes == std::vector<std::int32_t>{2, 2, 2, 1, 1, 0});
    // the middle of both
    const auto cut = image_pairs(here / "x", here / "y", {.height = 2, .width = 1, .scale = {1, 0}, .classes = 3});
    CHECK(sample_of_pairs(cut, 1).x == std::vector<float>{2, 5});
    CHECK(sample_of_pairs(cut, 1).classes == std::vector<std::int32_t>{2, 1});
    CHECK(
        says(refusal(here, {.height = 3, .width = 3, .classes = 3}), "2 rows of 3 pixels, but 3 of 3 were asked for"));
    // which value is which class
    CHECK(sample_of_pairs(image_pairs(here / "x", here / "y", {.label_values = {2, 0, 1}}), 1).classes
          == std::vector<std::int32_t>{0, 0, 0, 2, 2, 1});
}

TEST_CASE("image_pairs: what does not fit is a sentence") {
    const temporary_folder here;
    (void)here.folder("x"), (void)here.folder("y");
    CHECK(says(refusal(here, {.classes = 2}), "has no image"));
    write_png<std::uint8_t>(here / "x/a.png", PNG_FORMAT_GRAY, 1, 2, {1, 2});
    CHECK(says(refusal(here, {.classes = 2}), "x/a.png has no label map: there is no a.png in "));
    write_png<std::uint8_t>(here / "y/a.png", PNG_FORMAT_GRAY, 2, 1, {1, 0});
    CHECK(says(refusal(here, {.classes = 2}), "y/a.png", "2 rows of 1 pixels, but its image has 1 of 2"));
    write_png<std::uint8_t>(here / "y/a.png", PNG_FORMAT_GRAY, 1, 2, {1, 7});
    CHECK(says(refusal(here, {.classes = 2}), "row 0, column 1 is 7, but there are 2 classes, numbered from 0"));
    CHECK(says(refusal(here, {.label_values = {0, 1}}), "is 7, which is not among the 2 values"));
    write_png<std::uint8_t>(here / "y/b.png", PNG_FORMAT_GRAY, 1, 2, {1, 0});
    CHECK(says(refusal(here, {.classes = 2}), "label map ", "y/b.png has no image in "));
    const auto senseless = [&](const image_options& o) {
        return message_of<strata::shape_error>([&] { (void)image_pairs(here / "x", here / "y", o); });
    };
    CHECK(says(senseless({}), "does not know the classes"));
    CHECK(says(senseless({.label_values = {0, 1}, .classes = 3}), "classes is 3, but label_values lists 2"));
    CHECK(says(senseless({.label_values = {0, 1, 0}}), "label_values has 0 twice"));
    CHECK(says(senseless({.label_values = {0, 256}}), "label_values has 256, which no pixel can be"));
    CHECK(says(senseless({.most_pixels = 0, .classes = 2}), "at most 0 pixels"));
    CHECK(says(senseless({.height = 2'000'000'000, .width = 2'000'000'000, .classes = 2}), "at most 100000000 pixels"));
    write_png<std::uint8_t>(here / "x/b.png", PNG_FORMAT_GRAY, 1, 2, {1, 2});
    (void)here.file("x/b.jpg", "");
    CHECK(says(refusal(here, {.classes = 2}), "x has both b.jpg and b.png", "Remove one"));
}

TEST_CASE("image_pairs: a value that is no class") {
    const temporary_folder here;
    (void)here.folder("x"), (void)here.folder("y");
    write_png<std::uint8_t>(here / "x/a.png", PNG_FORMAT_GRAY, 1, 3, {1, 2, 3});
    write_png<std::uint8_t>(here / "y/a.png", PNG_FORMAT_GRAY, 1, 3, {1, 255, 0});
    CHECK(says(refusal(here, {.classes = 2}), "is 255, but there are 2 classes", "ignored_value"));
    const auto set = image_pairs(here / "x", here / "y", {.classes = 2, .ignored_value = 255});
    CHECK(sample_of_pairs(set, 0).classes == std::vector<std::int32_t>{1, -100, 0});
}

TEST_CASE("image_pairs: membranes and roads", "[data]") {
    const std::string cells = find_data(
        "isbi2012", [](const std::string& place) { return strata::io::file_exists(place + "/image/00.png"); });
    const std::string road =
        find_data("camvid", [](const std::string& place) { return strata::io::folder_exists(place + "/trainannot"); });
    if (cells.empty() || road.empty()) STRATA_SKIP("no isbi2012 or no camvid found");
    const auto membranes = image_pairs(cells + "/image", cells + "/label", {.scale = {1, 0}, .label_values = {0, 255}});
    CHECK((membranes.size() == 30 && membranes.sample_shape() == strata::shape(1, 512, 512)));
    double grey = 0, inside = 0;
    for (std::size_t i = 0; i < 30; ++i) {
        const pair_of_samples s = sample_of_pairs(membranes, i);
        for (const float v : s.x) grey += double(v);
        for (const std::int32_t c : s.classes) inside += c;
    }
    CHECK(std::abs(grey / (30 * 512 * 512) - 126.16) < 0.01); // as Pillow reads the files
    CHECK(std::abs(inside / (30 * 512 * 512) - 0.780) < 0.001);
    const auto scenes = image_pairs(road + "/train", road + "/trainannot", {.classes = 12});
    REQUIRE((scenes.size() == 367 && scenes.sample_shape() == strata::shape(3, 180, 240)));
    double of_sky = 0;
    for (std::size_t i = 0; i < 367; ++i)
        for (const std::int32_t c : sample_of_pairs(scenes, i).classes) of_sky += c == 0;
    CHECK(std::abs(of_sky / (367 * 180 * 240) - 0.1675) < 0.0001);
}
