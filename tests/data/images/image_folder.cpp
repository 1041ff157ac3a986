#include "files/written_images.hpp"

#include <strata/data/readers/find_data.hpp>
#include <strata/images.hpp>

using namespace strata_tests;
using namespace strata::data;
using bytes = std::vector<std::uint8_t>;

namespace {
void write_grey(const std::string& path, int height, int width, std::uint8_t value) {
    write_png(path, PNG_FORMAT_GRAY, height, width,
              bytes(static_cast<std::size_t>(height) * static_cast<std::size_t>(width), value));
}
template <class Set>
std::vector<float> sample_of_set(const Set& set, std::size_t i, int& label) {
    std::vector<float> x(static_cast<std::size_t>(set.sample_shape().size()));
    class_index t;
    set.read(i, {}, x, t);
    label = t.value;
    return x;
}
std::string refusal(const std::string& path, const image_options& o = {}) {
    return message_of<strata::file_error>([&] { (void)image_folder(path, o); });
}
} // namespace

TEST_CASE("image_folder: a folder for each class") {
    const temporary_folder here;
    const std::string cats = here.folder("cat"), dogs = here.folder("dog");
    write_grey(dogs + "/b.PNG", 2, 2, 51), write_grey(dogs + "/a.png", 2, 2, 255);
    (void)here.file("cat/1.JPG", jpeg_bytes(TJPF_GRAY, 2, 2, bytes(4, 102)));
    (void)here.file("cat/notes.txt", "not an image"), (void)here.file("cat/.hidden.png", "nor this"),
        (void)here.file("list", "nor this");
    const auto pets = image_folder(here / "");
    CHECK((pets.size() == 3 && pets.classes() == 2 && pets.sample_shape() == strata::shape(1, 2, 2)));
    CHECK(pets.class_names() == std::vector<std::string>{"cat", "dog"});
    int label = -1;
    CHECK(sample_of_set(pets, 0, label) == std::vector<float>(4, 102 * (1.0f / 255)));
    CHECK(label == 0);
    CHECK(sample_of_set(pets, 1, label) == std::vector<float>(4, 255 * (1.0f / 255))); // a.png comes before b.PNG
    CHECK(label == 1);
    const auto turned = image_folder(here / "", {.channels = 3, .scale = {1, 0}, .class_names = {"dog", "cat"}});
    CHECK(turned.sample_shape() == strata::shape(3, 2, 2));
    CHECK(sample_of_set(turned, 2, label) == std::vector<float>(12, 102));
    CHECK(label == 1);
}

TEST_CASE("image_folder: images of several sizes are scaled and cropped on request") {
    const temporary_folder here;
    (void)here.folder("one");
    write_grey(here / "one/a.png", 4, 8, 10), write_grey(here / "one/b.png", 6, 6, 20);
    CHECK(says(refusal(here / ""), "b.png", "has 6 rows of 6 pixels", "a.png has 4 of 8", "image_options::height"));
    const auto all = image_folder(here / "", {.height = 2, .width = 2, .scale = {1, 0}});
    int label = -1;
    CHECK(sample_of_set(all, 0, label) == std::vector<float>(4, 10));
    CHECK(sample_of_set(all, 1, label) == std::vector<float>(4, 20));
    CHECK(says(message_of<strata::shape_error>([&] { (void)image_folder(here / "", {.height = 2}); }),
               "Give height and width, or neither"));
}

TEST_CASE("image_folder: what is not there is a sentence") {
    const temporary_folder here;
    CHECK(says(refusal(here / "none"), "none' cannot be read"));
    CHECK(says(refusal(here / ""), "has no folders", "one for each class"));
    (void)here.folder("empty");
    CHECK(says(refusal(here / ""), "empty' has no image"));
    (void)here.file("empty/broken.png", "\x89PNG\r\n\x1a\n");
    CHECK(says(refusal(here / ""), "broken.png", "damaged or incomplete"));
}

TEST_CASE("labelled_images: a table gives the classes") {
    const temporary_folder here;
    write_grey(here / "a.png", 1, 1, 9);
    const auto set = labelled_images({{here / "a.png", 2}, {here / "a.png", 0}}, 3);
    int label = -1;
    CHECK(sample_of_set(set, 0, label) == std::vector<float>{9 * (1.0f / 255)});
    CHECK(label == 2);
    CHECK(says(message_of<strata::shape_error>([&] { (void)labelled_images({{here / "a.png", 3}}, 3); }),
               "label 3 of sample 0 is out of range"));
}

TEST_CASE("labelled_images: 200 photographs", "[data]") {
    const std::string folder = find_data(
        "imagenet-sample", [](const std::string& place) { return strata::io::file_exists(place + "/classes.tsv"); });
    if (folder.empty()) STRATA_SKIP("no imagenet-sample found");
    std::vector<labelled_file> files;
    for (const std::string& name : strata::io::list_folder(folder))
        if (name.ends_with(".JPEG")) files.push_back({folder + "/" + name, 0});
    REQUIRE(files.size() == 200);
    const auto photographs = labelled_images(files, 1, {.scale = {1, 0}});
    REQUIRE(photographs.sample_shape() == strata::shape(3, 128, 128));
    double sums[3] = {};
    int label = -1;
    for (std::size_t i = 0; i < 200; ++i) {
        const std::vector<float> x = sample_of_set(photographs, i, label);
        for (std::size_t e = 0; e < x.size(); ++e) sums[e / (128 * 128)] += double(x[e]);
    }
    const double means[] = {123.58, 115.60, 102.48}; // computed with Pillow, to two digits
    for (int c = 0; c < 3; ++c) CHECK(std::abs(sums[c] / (200 * 128 * 128) - means[c]) < 0.01);
}
