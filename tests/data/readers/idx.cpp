// IDX files, plain and packed, whole and spoilt in every way the format allows.
#include "files.hpp"
#include "files/packed.hpp"
#include <strata/data/readers/idx.hpp>
#include <strata/data/readers/idx_images.hpp>
#include <sys/resource.h>

namespace data = strata::data;
using strata_tests::message_of;
using strata_tests::packed;
using strata_tests::says;
using strata_tests::temporary_folder;

namespace {

std::string big_endian(std::uint32_t v) {
    return {static_cast<char>(v >> 24), static_cast<char>(v >> 16), static_cast<char>(v >> 8), static_cast<char>(v)};
}
std::string idx(std::initializer_list<std::uint32_t> extents, const std::string& values, unsigned type = 8) {
    std::string bytes = big_endian(type << 8 | static_cast<std::uint32_t>(extents.size()));
    for (const std::uint32_t e : extents) bytes += big_endian(e);
    return bytes + values;
}
std::string refusal(const std::string& path) {
    const std::string message = message_of<strata::file_error>([&] { (void)data::read_idx(path); });
    CHECK(says(message, path)); // every message names its file
    return message;
}

} // namespace

TEST_CASE("an IDX file is read plain and packed, told by its content", "[idx]") {
    const temporary_folder folder;
    const std::string bytes = idx({2, 3}, "abcdef");
    for (const auto& content : {bytes, packed(bytes)}) {
        const auto array = data::read_idx(folder.file("any.name", content));
        CHECK(array.extents == std::vector<long long>{2, 3});
        CHECK(array.bytes == std::vector<std::uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'});
        CHECK(array.header == 12);
    }
}

TEST_CASE("a packed IDX file may have several members and many pieces", "[idx]") {
    const temporary_folder folder;
    std::string values(3'000'001, 0); // several pieces of 1 MiB, several buffers of packed bytes
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<char>(i * i >> 7);
    const std::string bytes = idx({3'000'001}, values);
    const auto array = data::read_idx(folder.file("a.gz", packed(bytes.substr(0, 1000)) + packed(bytes.substr(1000))));
    REQUIRE(array.bytes.size() == values.size());
    CHECK(std::string(array.bytes.begin(), array.bytes.end()) == values);
}

TEST_CASE("an IDX header that is no IDX header", "[idx]") {
    const temporary_folder folder;
    CHECK(says(refusal(folder.file("a", "<html><body>")), "byte 0:", "not an IDX file"));
    CHECK(says(refusal(folder.file("b", "")), "byte 0:", "ends inside the IDX header"));
    CHECK(says(refusal(folder.file("c", idx({2, 3}, "").substr(0, 10))), "byte 8:", "ends inside the IDX header"));
    CHECK(says(refusal(folder.file("d", idx({1}, "a", 0x0d))), "byte 2:", "floats (code 13)", "unsigned bytes"));
    CHECK(says(refusal(folder.file("e", idx({1}, "a", 0x07))), "byte 2:", "an unknown type (code 7)"));
    CHECK(says(refusal(folder.file("f", idx({}, "a"))), "byte 3:", "no dimensions"));
    CHECK(says(refusal(folder.file("g", idx({2, 0}, ""))), "byte 8:", "dimension 1", "zero"));
}

TEST_CASE("an IDX header that claims more or less than the file holds", "[idx]") {
    const temporary_folder folder;
    CHECK(says(refusal(folder.file("a", idx({2, 3}, "abcde"))), "byte 4:", "claims 2 x 3 bytes", "the file has 5"));
    CHECK(says(refusal(folder.file("b", packed(idx({2, 3}, "abcde")))), "byte 17:", "claims 2 x 3 bytes",
               "the file has 5"));
    CHECK(says(refusal(folder.file("c", idx({2, 3}, "abcdefg"))), "byte 18:", "left over", "6 values"));
    CHECK(says(refusal(folder.file("d", packed(idx({2, 3}, "abcdefg")))), "byte 18:", "left over", "6 values"));
}

TEST_CASE("an absurd IDX header costs no memory", "[idx]") {
    const temporary_folder folder;
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    const std::uint32_t most = 0xffffffff;
    for (const std::string& bytes : {idx({most, most, most, most}, "ab"), idx({60'000, 28, 28'000}, "ab")}) {
        CHECK(says(refusal(folder.file("a", bytes)), "byte 4:", "the file has 2"));
        CHECK(says(refusal(folder.file("b", packed(bytes))), "byte 4:", "the file has at most"));
    }
    CHECK(says(refusal(folder.file("c", big_endian(0x8ff) + std::string(1020, '\1'))),
               "byte 4:", "claims 16843009 x 16843009"));
    // Random values do not pack: the bound of 1032 to 1 lets this claim of 64 MB pass, and the pieces stop
    // it.
    std::string noise(100'000, 0);
    std::uint32_t state = 1;
    for (char& c : noise) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    CHECK(says(refusal(folder.file("d", packed(idx({64'000'000}, noise)))), "claims 64000000 bytes",
               "the file has 100000"));
    getrusage(RUSAGE_SELF, &after);
    CHECK(after.ru_maxrss - before.ru_maxrss < 32 * 1024); // in KiB: half of the smallest of these claims
}

TEST_CASE("a gzip stream that is truncated or damaged", "[idx]") {
    const temporary_folder folder;
    std::string values(5000, 0);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<char>(i * i >> 5);
    const std::string whole = packed(idx({5000}, values));
    for (const std::size_t keep : {std::size_t{2}, std::size_t{20}, whole.size() / 2, whole.size() - 1}) {
        CAPTURE(keep);
        CHECK(says(refusal(folder.file("a", whole.substr(0, keep))), "byte " + std::to_string(keep) + ":",
                   "ends inside its gzip stream"));
    }
    std::string wrong_sum = whole;
    wrong_sum[whole.size() - 8] = static_cast<char>(~wrong_sum[whole.size() - 8]);
    CHECK(says(refusal(folder.file("b", wrong_sum)), "damaged", "incorrect data check"));
    CHECK(says(refusal(folder.file("c", whole + "garbage")), "damaged"));
    std::string spoilt = whole;
    spoilt[3] = '\xff'; // reserved flags
    CHECK(says(refusal(folder.file("d", spoilt)), "damaged"));
}

TEST_CASE("a file that is not there, or is none", "[idx]") {
    const temporary_folder folder;
    CHECK(says(refusal(folder / "nothing"), "cannot open", "No such file"));
    CHECK(says(refusal(folder.path()), "not a regular file"));
}

TEST_CASE("images and labels that do not belong together", "[idx]") {
    const temporary_folder folder;
    const std::string images = folder.file("images", idx({2, 1, 3}, "abcdef"));
    const auto refused = [&](const std::string& i, const std::string& l) {
        return message_of<strata::file_error>([&] { (void)data::idx_images(i, l, 10, {}, ""); });
    };
    const auto set = data::idx_images(images, folder.file("labels", idx({2}, "\1\7")), 10, {}, "here");
    CHECK(set.size() == 2);
    CHECK(set.sample_shape() == strata::shape(1, 1, 3));
    float x[3];
    data::class_index label;
    set.read(1, {}, x, label);
    CHECK(x[2] == 'f');
    CHECK(label.value == 7);
    CHECK(says(refused(images, folder.file("a", idx({3}, "\1\2\3"))), "3 labels", "2 images"));
    CHECK(says(refused(images, folder.file("b", idx({2}, "\1\12"))), "byte 9:", "label 10", "10 classes"));
    CHECK(says(refused(images, images), "byte 3:", "labels need 1 dimension"));
    CHECK(says(refused(folder / "labels", folder / "labels"), "byte 3:", "images need 3 dimensions"));
}
