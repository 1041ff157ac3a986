/// Weights without a file system: to bytes and from bytes, with a result in place of an exception; all or nothing.
#include "catch.hpp"
#include "files.hpp"

#include <strata/files.hpp>
#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

#include <array>
#include <filesystem>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct small : network<image<1, 4, 4>, conv<2, 3>, batch_norm, relu, flatten, dense<3>> {};
struct other : network<image<1, 4, 4>, conv<2, 3>, batch_norm, relu, flatten, dense<4>> {};

/// All numbers of a model.
template <class Model>
std::vector<float> numbers_of(const Model& net) {
    std::vector<float> all;
    for (const std::string_view name : net.names())
        for (const auto x : net.get(name)) all.push_back(static_cast<float>(x));
    return all;
}
const std::vector<float> image_of_ones(16, 1.0f);

} // namespace

TEST_CASE("what is saved to bytes is loaded from them, and is what a file holds") {
    const temporary_folder folder;
    const model<small> net{seed{1}};
    const std::vector<std::byte> bytes = net.save_bytes();
    net.save(folder / "net.safetensors");
    const auto file = io::read_file(folder / "net.safetensors");
    CHECK(std::equal(bytes.begin(), bytes.end(), file.data(), file.data() + file.size()));

    model<small> again{seed{2}};
    CHECK(numbers_of(again) != numbers_of(net));
    again.load(bytes);
    CHECK(numbers_of(again) == numbers_of(net));

    // As programs have them: spans, arrays and vectors of bytes of any type.
    const auto loads = [&](const auto& given) {
        model<small, reference> oracle{seed{3}};
        oracle.load(given);
        return numbers_of(oracle) == numbers_of(net);
    };
    CHECK(loads(std::span<const std::byte>(bytes)));
    std::vector<unsigned char> unsigned_chars(bytes.size());
    std::memcpy(unsigned_chars.data(), bytes.data(), bytes.size());
    CHECK(loads(unsigned_chars));
    CHECK(loads(std::vector<char>(unsigned_chars.begin(), unsigned_chars.end())));
    static unsigned char array[4096];
    REQUIRE(bytes.size() < sizeof array);
    std::memcpy(array + 1, bytes.data(), bytes.size()); // not aligned
    CHECK(loads(std::span<const unsigned char>(array + 1, bytes.size())));
    // And paths of every type.
    CHECK(loads(folder / "net.safetensors"));
    CHECK(loads((folder / "net.safetensors").c_str()));
    CHECK(loads(std::filesystem::path(folder / "net.safetensors")));
}

TEST_CASE("bytes have what a file may have: half precision, a self-test, a name map") {
    const model<small> net{seed{1}};
    const auto half = net.save_bytes({.stored = io::dtype::bf16});
    CHECK(half.size() < net.save_bytes().size() - 2 * 2 * 3 * 8);
    model<small> again{seed{2}};
    again.load(half);
    CHECK(numbers_of(again) != numbers_of(net));
    CHECK(again(image_of_ones)[0] == Approx(net(image_of_ones)[0]).margin(0.05)); // 8 bits of each number

    auto tested = net.save_bytes({.self_test = image_of_ones});
    again.load(tested);
    CHECK(numbers_of(again) == numbers_of(net));
    // The last bytes are those of the tolerance and of the outputs: another output is refused.
    const model<small> before = again;
    tested[tested.size() - 8 - 4 * 3 + 2] ^= std::byte{0x40};
    const auto refused = message_of<file_error>([&] { again.load(tested); });
    CHECK(says(refused, "the file in memory fails its self-test"));
    CHECK(numbers_of(again) == numbers_of(before));

    const auto file = io::read_safetensors(half);
    auto tensors = file.tensors;
    for (auto& t : tensors) t.name = "net." + t.name;
    again.load(io::safetensors_bytes(tensors), {{"net.*", "*"}});
    CHECK(again(image_of_ones)[0] == Approx(net(image_of_ones)[0]).margin(0.05));
}

TEST_CASE("try_load gives load's sentence and no exception, and changes nothing") {
    const temporary_folder folder;
    const model<small> net{seed{1}};
    const auto bytes = net.save_bytes();
    model<other> wrong{seed{2}};
    const auto before = numbers_of(wrong);
    STATIC_REQUIRE(noexcept(wrong.try_load(bytes)));
    STATIC_REQUIRE(noexcept(wrong.try_load("path")));

    const auto refused = [&](const io::file_or_bytes& from) {
        const load_result result = wrong.try_load(from);
        CHECK_FALSE(result);
        CHECK(result.error() == message_of<file_error>([&] { wrong.load(from); }));
        CHECK(numbers_of(wrong) == before);
        return result.error();
    };
    CHECK(says(refused(bytes), "the file in memory does not match",
               "4.weight: [3, 8] in the file, [4, 8] in the network"));
    CHECK(says(refused(folder / "absent.safetensors"), "absent.safetensors"));
    CHECK(says(refused(folder.path()), "not a regular file"));
    CHECK(says(refused(folder.file("net.pt", "PK\x03\x04 and net/data.pkl")), "torch.load"));
    for (const std::size_t kept :
         {std::size_t{0}, std::size_t{7}, std::size_t{8}, std::size_t{100}, bytes.size() - 1}) {
        refused(std::span<const std::byte>(bytes).first(kept));
        refused(folder.file("cut", std::string(reinterpret_cast<const char*>(bytes.data()), kept)));
    }
    // Every byte of the header spoilt: never more than a sentence.
    for (std::size_t i = 0; i < 400; ++i) {
        auto spoilt = bytes;
        spoilt[i] ^= std::byte{0x20};
        model<small> fresh{seed{3}};
        const auto untouched = numbers_of(fresh);
        if (const load_result result = fresh.try_load(spoilt); !result) {
            CHECK(says(result.error(), "strata: the file in memory"));
            CHECK(numbers_of(fresh) == untouched);
        }
    }
    const load_result mapped = wrong.try_load(bytes, {{"nowhere", "0.weight"}});
    CHECK(says(mapped.error(), "nowhere: in the name map, not in the file"));

    model<small> right{seed{4}};
    const load_result loaded = right.try_load(bytes);
    CHECK(loaded);
    CHECK(loaded.error().empty());
    CHECK(numbers_of(right) == numbers_of(net));
}

TEST_CASE("parameters are named at run time, with shapes and kinds") {
    const model<small> net{seed{1}};
    CHECK(net.names()
          == std::vector<std::string_view>{"0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean",
                                           "1.running_var", "4.weight", "4.bias"});
    const auto all = net.named_parameters();
    REQUIRE(all.size() == 8);
    CHECK(all[0].name == "0.weight");
    CHECK(all[0].extents == shape(2, 1, 3, 3));
    CHECK_FALSE(all[3].is_buffer);
    CHECK(all[4].name == "1.running_mean");
    CHECK(all[4].is_buffer);
    CHECK(all[6].extents == shape(3, 8));
    for (const named_parameter& p : all) CHECK(net.get(p.name).size() == static_cast<std::size_t>(p.extents.size()));
}
