/// A model's files: PyTorch's names, shapes and order whatever lies in memory; all or nothing.
#include "catch.hpp"
#include "files.hpp"
#include "nets.hpp"
#include "random_numbers.hpp"

#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

#include <algorithm>
#include <cstdint>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

template <class Model>
std::vector<typename Model::number> elements_of(const Model& net, int i) {
    std::vector<typename Model::number> x(
        static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size()));
    net.get(i, x.data());
    return x;
}
/// Numbers in every parameter and buffer that no other model has.
template <class Model>
void scramble(Model& net) {
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i)
        net.set(i, random_numbers<typename Model::number>(net.parameters()[static_cast<std::size_t>(i)].extents.size(),
                                                          40 + static_cast<std::uint64_t>(i))
                       .data());
}
/// How many parameters and buffers of two models differ in a number, seen as B's numbers.
template <class A, class B>
int different(const A& a, const B& b) {
    int n = 0;
    for (int i = 0; i < static_cast<int>(a.parameters().size()); ++i) {
        const auto x = elements_of(a, i);
        const auto y = elements_of(b, i);
        n += std::equal(x.begin(), x.end(), y.begin(), y.end(),
                        [](auto u, auto v) { return static_cast<decltype(v)>(u) == v; })
                 ? 0
                 : 1;
    }
    return n;
}

struct small : network<features<3>, dense<2>, batch_norm, relu, dense<4, no_bias>> {};
std::vector<float> two(2, 0.5f), six(6, 0.25f), eight(8, 0.125f), three(3, 1.0f);

/// Everything that `small` needs.
std::vector<io::tensor_view> whole() {
    return {io::view_of("0.weight", {2, 3}, six),    io::view_of("0.bias", {2}, two),
            io::view_of("1.weight", {2}, two),       io::view_of("1.bias", {2}, two),
            io::view_of("1.running_mean", {2}, two), io::view_of("1.running_var", {2}, two),
            io::view_of("3.weight", {4, 2}, eight)};
}

/// The message with which a model of `small` refuses a file; the model must stay as it was, bit by bit.
std::string refusal(const std::string& path) {
    model<small> net{seed{2}};
    scramble(net);
    const model<small> before = net;
    const auto message = message_of<file_error>([&] { net.load(path); });
    CHECK(different(net, before) == 0);
    return message;
}

} // namespace

TEST_CASE("what is saved is loaded again, bit by bit, across policies and precisions") {
    const temporary_folder folder;
    model<blocks_in_blocks> net{seed{1}};
    scramble(net);
    net.save(folder / "net.safetensors");

    model<blocks_in_blocks> again{seed{2}};
    CHECK(different(net, again) == static_cast<int>(net.parameters().size()));
    again.load(folder / "net.safetensors");
    CHECK(different(net, again) == 0);
    CHECK(std::equal(net.parameter_block().begin(), net.parameter_block().end(), again.parameter_block().begin()));

    model<blocks_in_blocks, reference> oracle{seed{2}};
    oracle.load(folder / "net.safetensors");
    CHECK(different(net, oracle) == 0);
    model<blocks_in_blocks, cpu, fp64> wide{seed{2}};
    wide.load(folder / "net.safetensors");
    CHECK(different(net, wide) == 0);

    // The other way: a float is what a double is rounded to.
    scramble(wide);
    wide.save(folder / "wide.safetensors");
    again.load(folder / "wide.safetensors");
    CHECK(different(wide, again) == 0);
    oracle.save(folder / "oracle.safetensors");
    again.load(folder / "oracle.safetensors");
    CHECK(different(net, again) == 0);
}

TEST_CASE("a file has torch.nn.Sequential's names and shapes, and says whose it is") {
    const temporary_folder folder;
    const model<lenet5> net{seed{3}};
    net.save(folder / "lenet5.safetensors");
    const auto file = io::read_safetensors(folder / "lenet5.safetensors");
    REQUIRE(file.tensors.size() == 10);
    CHECK(file.tensors[0].name == "0.weight");
    CHECK(file.tensors[0].shape == std::vector<long long>{6, 1, 5, 5});
    CHECK(file.tensors[2].name == "3.weight");
    CHECK(file.tensors[2].shape == std::vector<long long>{16, 6, 5, 5});
    CHECK(file.tensors[4].name == "7.weight");
    CHECK(file.tensors[4].shape == std::vector<long long>{120, 400});
    CHECK(file.tensors[9].name == "11.bias");
    CHECK(file.tensors[9].shape == std::vector<long long>{10});
    std::size_t numbers = 0;
    for (const auto& t : file.tensors) {
        CHECK(t.dtype == io::dtype::f32);
        numbers += t.size();
    }
    CHECK(numbers == 61'706); // no packed form, no padding
    CHECK(io::as_floats(*file.find("3.weight")) == elements_of(net, 2));

    REQUIRE(file.find_metadata("format") != nullptr);
    CHECK(*file.find_metadata("format") == "strata");
    REQUIRE(file.find_metadata("network") != nullptr);
    CHECK(*file.find_metadata("network") == description<lenet5>::network_spelling());
    CHECK(file.find_metadata("version") != nullptr);
    REQUIRE(file.find_metadata("hash") != nullptr);
    CHECK(file.find_metadata("hash")->size() == 16);
}

TEST_CASE("a file that matches is loaded, whatever its order, PyTorch's counter of batches included") {
    const temporary_folder folder;
    auto tensors = whole();
    std::reverse(tensors.begin(), tensors.end());
    const std::int64_t batches = 12;
    tensors.push_back({"1.num_batches_tracked", {}, io::dtype::i64, std::as_bytes(std::span(&batches, 1))});
    const std::uint16_t halves[] = {0x3C00, 0xC000}; // 1, -2
    for (auto& t : tensors)
        if (t.name == "0.bias") t = {"0.bias", {2}, io::dtype::f16, std::as_bytes(std::span(halves))};
    io::write_safetensors(folder / "small.safetensors", tensors);
    model<small> net{seed{1}};
    net.load(folder / "small.safetensors");
    CHECK(elements_of(net, 0) == six);
    CHECK(elements_of(net, 1) == std::vector<float>{1, -2});
    CHECK(elements_of(net, 4) == two);
    CHECK(elements_of(net, 6) == eight);
}

TEST_CASE("a file that does not match is refused with every difference, and changes nothing") {
    const temporary_folder folder;
    const std::string path = folder / "wrong.safetensors";
    auto tensors = whole();
    const std::int32_t integers[] = {1, 2};
    tensors[0] = io::view_of("0.weight", {3, 2}, six);                                // another shape
    tensors[1] = {"0.bias", {2}, io::dtype::i32, std::as_bytes(std::span(integers))}; // other elements
    tensors[4] = io::view_of("1.running_average", {2}, two);                          // another name
    tensors[6] = io::view_of("3.weight", {8}, eight);                                 // another rank
    tensors.push_back(io::view_of("3.bias", {3}, three));                             // one too many
    io::write_safetensors(path, tensors);
    const std::string message = refusal(path);
    CHECK(says(message, path, "nothing was loaded", "0.weight: [3, 2] in the file, [2, 3] in the network",
               "0.bias: I32 in the file, floating-point numbers in the network",
               "1.running_average: in the file, not in the network", "1.running_mean: in the network, not in the file",
               "3.weight: [8] in the file, [4, 2] in the network", "3.bias: in the file, not in the network"));
    CHECK(says(message, "a name_map (#include <strata/files.hpp>) begins like this:\n  net.load(\"" + path + "\", {",
               "{{\"0.weight\", \"0.weight\", {1, 0}},\n", "  {\"1.running_average\", \"1.running_mean\"}});\n",
               "load the file into the network it was saved from"));
    CHECK(std::count(message.begin(), message.end(), '\n') == 10); // six differences, and four lines of remedy
    CHECK(message.find("1.weight") == std::string::npos);          // what matches is not listed
}

TEST_CASE("a double that no float can be is a difference, and no infinity") {
    const temporary_folder folder;
    const std::string path = folder / "large.safetensors";
    auto tensors = whole();
    std::vector<double> weight(6, 0.5), variance{1, -1e300};
    weight[3] = 1e300;
    tensors[0] = io::view_of("0.weight", {2, 3}, weight);
    tensors[5] = io::view_of("1.running_var", {2}, variance);
    io::write_safetensors(path, tensors);
    const std::string message = refusal(path);
    CHECK(says(message, path, "nothing was loaded", "0.weight: element 3 in the file is too large for a float network",
               "1.running_var: element 1 in the file is too large"));
    CHECK(std::count(message.begin(), message.end(), '\n') == 3);
    model<small, cpu, fp64> wide{seed{1}};
    wide.load(path);
    CHECK(elements_of(wide, 0) == weight);
}

TEST_CASE("each single difference is enough") {
    const temporary_folder folder;
    const std::string path = folder / "wrong.safetensors";
    for (std::size_t missing = 0; missing < whole().size(); ++missing) {
        auto tensors = whole();
        const std::string name = tensors[missing].name;
        tensors.erase(tensors.begin() + static_cast<std::ptrdiff_t>(missing));
        io::write_safetensors(path, tensors);
        CHECK(says(refusal(path), name + ": in the network, not in the file"));
    }
    auto tensors = whole();
    tensors.push_back(io::view_of("4.weight", {3}, three));
    io::write_safetensors(path, tensors);
    CHECK(says(refusal(path), "4.weight: in the file, not in the network"));
}

TEST_CASE("a file that is missing or cut short changes nothing") {
    const temporary_folder folder;
    CHECK(says(refusal(folder / "absent.safetensors"), "absent.safetensors"));
    io::write_safetensors(folder / "whole.safetensors", whole());
    const auto bytes = io::read_file(folder / "whole.safetensors");
    for (const std::size_t kept : {std::size_t{0}, std::size_t{7}, std::size_t{100}, bytes.size() - 1}) {
        const std::string start(reinterpret_cast<const char*>(bytes.data()), kept);
        CHECK(says(refusal(folder.file("cut.safetensors", start)), "cut.safetensors"));
    }
}
