/// Files of other programs, given to the reader of safetensors: each is named, and the line that converts it said.
#include "catch.hpp"
#include "files.hpp"

#include <strata/io/tensors/safetensors.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

/// What the reader says of bytes in a file of that name; the same bytes in memory are refused for the same reason.
std::string refusal(const std::string& name, const std::string& bytes) {
    const temporary_folder folder;
    const std::string path = folder.file(name, bytes);
    const std::string of_file = message_of<file_error>([&] { (void)io::read_safetensors(path); });
    const auto of_bytes =
        message_of<file_error>([&] { (void)io::read_safetensors(std::as_bytes(std::span<const char>(bytes))); });
    CHECK(says(of_file, path));
    CHECK(says(of_bytes, "the file in memory"));
    CHECK(of_file.substr(0, 8) == "strata: ");
    return of_file;
}
/// A local file header of a zip archive.
std::string zip(const std::string& member) {
    std::string bytes = std::string("PK\x03\x04", 4) + std::string(22, '\0');
    bytes += static_cast<char>(member.size());
    bytes += std::string(3, '\0') + member;
    return bytes + std::string(200, '\x07');
}

} // namespace

TEST_CASE("PyTorch's own files are recognised, and state_dict and save_file are named") {
    const std::string words[] = {"is a PyTorch file", "safetensors.torch.save_file(torch.load(\"net.pt\"",
                                 "\"net.safetensors\"", "save_file(model.state_dict()"};
    for (const std::string& bytes : {zip("archive/data.pkl"), zip("net/data.pkl"), zip("net/.format_version/byteorder"),
                                     std::string("\x80\x02\x8a\x0al\xfc\x9c"), std::string("\x80\x04\x95rest of it")})
        for (const std::string& word : words) CHECK(says(refusal("net.pt", bytes), word));
    CHECK(says(refusal("net.pth", zip("net/data.pkl")), "torch.load(\"net.pth\""));
    CHECK(says(refusal("resnet.v2.pth", zip("net/data.pkl")), "\"resnet.v2.safetensors\""));
    // Short ones, and those cut off in the middle.
    CHECK(says(refusal("net.pt", "\x80\x02"), "is a PyTorch file"));
    CHECK(says(refusal("net.pt", "PK\x03\x04"), "zip archive", "torch.load(\"net.pt\""));
}

TEST_CASE("files of Keras, NumPy and ONNX are recognised, and the Python that converts them is said") {
    for (const std::string& bytes : {std::string("\x89HDF\r\n\x1a\n\0\0\0\0\0", 13), zip("metadata.json"),
                                     zip("config.json"), zip("model.weights.h5")})
        CHECK(says(refusal("net.keras", bytes), "Keras", "keras.saving.load_model(\"net.keras\")",
                   "safetensors.numpy.save_file(", "name_map"));
    CHECK(says(refusal("net.npz", zip("arr_0.npy")), "NumPy",
               "safetensors.numpy.save_file(dict(numpy.load(\"net.npz\")), \"net.safetensors\")"));
    CHECK(says(refusal("w.npy", "\x93NUMPY\x01 and so on"), "NumPy", "numpy.load(\"w.npy\")"));
    for (const char* bytes : {"\x08\x07\x12\x07pytorch\x1a\x05", "\x08\x08:\x99", "\x08\x03\x1a\x01"})
        CHECK(says(refusal("net.onnx", bytes), "ONNX", "onnx.load(\"net.onnx\").graph.initializer"));
}

TEST_CASE("what is packed, a pointer, a page or a text is told from a damaged file") {
    CHECK(says(refusal("net.safetensors.gz", "\x1f\x8b\x08 and more"), "gzip", "gunzip net.safetensors.gz"));
    CHECK(says(refusal("net.zst", "\x28\xb5\x2f\xfd and more"), "zstd"));
    CHECK(says(refusal("net.xz", "\xfd"
                                 "7zXZ and more"),
               "xz"));
    CHECK(says(refusal("net.bz2", "BZh91AY and more"), "bzip2"));
    CHECK(says(refusal("net.tar", std::string(257, 'a') + "ustar  "), "tar -xf"));
    CHECK(says(refusal("net", "version https://git-lfs.github.com/spec/v1\noid sha256:1"), "git lfs pull"));
    CHECK(says(refusal("net", "<html><body>404</body></html>"), "web page"));
    CHECK(says(refusal("net", "{\"metadata\":{},\"weight_map\":{}}"), "index"));
    CHECK(says(refusal("net.json", "{\"in_shape\": [null, 1], \"layers\": []}"), "JSON", "RTNeural"));
    CHECK(says(refusal("net.gguf", "GGUF\x03 and more"), "GGUF"));
    CHECK(says(refusal("net.tflite", "\x1c...TFL3 and more"), "TensorFlow Lite"));
}

TEST_CASE("a safetensors file is none of these, nor are bytes that nobody knows") {
    const float x = 1;
    const io::tensor_view one[] = {io::view_of("PK", {1}, std::span(&x, 1))};
    const auto bytes = io::safetensors_bytes(one);
    CHECK(io::read_safetensors(bytes).tensors[0].name == "PK");
    CHECK(says(refusal("noise", "\x05\x99\x11\x42\x05\x99\x11\x42 and more of it"), "not a safetensors file"));
    CHECK(says(refusal("empty", ""), "this one is shorter"));
}

TEST_CASE("tensors of bytes in memory look at those bytes, of any type and alignment") {
    const float numbers[] = {1, 2, 3};
    const io::tensor_view some[] = {io::view_of("w", {3}, numbers), io::view_of("b", {1}, std::span(numbers, 1))};
    const std::vector<std::byte> bytes = io::safetensors_bytes(some, io::metadata{{"format", "pt"}});
    const temporary_folder folder;
    io::write_safetensors(folder / "a", some, io::metadata{{"format", "pt"}});
    const auto written = io::read_file(folder / "a");
    CHECK(std::equal(bytes.begin(), bytes.end(), written.data(), written.data() + written.size()));

    const auto file = io::read_safetensors(bytes);
    REQUIRE(file.find("w") != nullptr);
    CHECK(file.find("w")->bytes.data() >= bytes.data());
    CHECK(file.find("b")->bytes.data() + 4 == bytes.data() + bytes.size());
    CHECK(file.content.empty());
    CHECK(io::as_floats(*file.find("w")) == std::vector<float>{1, 2, 3});
    CHECK(*file.find_metadata("format") == "pt");

    std::vector<unsigned char> shifted(bytes.size() + 1);
    std::memcpy(shifted.data() + 1, bytes.data(), bytes.size());
    CHECK(io::as_floats(*io::read_safetensors(std::span<const unsigned char>(shifted).subspan(1)).find("w"))
          == std::vector<float>{1, 2, 3});
    const std::vector<char> letters(shifted.begin() + 1, shifted.end());
    CHECK(io::read_safetensors(letters).tensors.size() == 2);
    STATIC_REQUIRE_FALSE(io::holds_bytes<std::string>); // a path
    STATIC_REQUIRE_FALSE(io::holds_bytes<char[5]>);
    STATIC_REQUIRE_FALSE(io::holds_bytes<std::vector<float>>);
}
