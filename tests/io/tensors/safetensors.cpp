// safetensors: out and back, what other programs write, and every way a file can be wrong.
#include "files.hpp"
#include <cmath>
#include <cstring>
#include <limits>
#include <strata/io/tensors/safetensors.hpp>
#include <strata/io/text/utf8.hpp>

namespace io = strata::io;
using strata_tests::message_of;
using strata_tests::says;
using strata_tests::temporary_folder;

namespace {

std::string with_length(const std::string& header, const std::string& data) {
    const std::uint64_t n = header.size();
    std::string bytes(8, 0);
    std::memcpy(bytes.data(), &n, 8);
    return bytes + header + data;
}
std::string content_of(const std::string& path) {
    const auto bytes = io::read_file(path);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
/// The message with which a file of this header and data is refused.
std::string refusal(const std::string& header, const std::string& data = "") {
    const temporary_folder folder;
    const std::string path = folder.file("a.safetensors", with_length(header, data));
    const std::string message = message_of<strata::file_error>([&] { (void)io::read_safetensors(path); });
    CHECK(says(message, path)); // every message names its file
    return message;
}
io::tensor_view bytes_view(io::dtype type, std::vector<long long> shape, const std::string& bytes) {
    return {"t", std::move(shape), type, std::as_bytes(std::span(bytes))};
}

constexpr bool facts_in_order() {
    int i = 0;
    for (const auto& fact : io::dtype_facts)
        if (static_cast<int>(fact.type) != i++) return false;
    return i == static_cast<int>(io::dtype::f8_e5m2) + 1;
}
static_assert(facts_in_order());

} // namespace

TEST_CASE("tensors and metadata survive the way out and back", "[safetensors]") {
    const temporary_folder folder;
    const std::string path = folder / "a.safetensors";
    const std::vector<float> weight{1, -2.5f, 0x1p-149f, std::numeric_limits<float>::infinity(), -0.0f, 3};
    const std::vector<double> scale{0.1};
    const std::vector<io::tensor_view> tensors{io::view_of("0.weight", {2, 3}, weight),
                                               io::view_of("odd \"\\\n \xc3\xa4", {}, scale),
                                               io::view_of("empty", {0, 5}, std::span<const float>())};
    const io::metadata texts{{"format", "strata"}, {"network", "dense<10>, \"quoted\"\t\xe2\x82\xac"}};
    io::write_safetensors(path, tensors, texts);
    CHECK(temporary_folder::names_in(folder.path()).size() == 1); // nothing else is left

    const auto file = io::read_safetensors(path);
    CHECK(file.metadata == texts);
    REQUIRE(file.tensors.size() == 3);
    REQUIRE(file.find("0.weight") != nullptr);
    CHECK(file.find("0.weight")->shape == std::vector<long long>{2, 3});
    CHECK(std::memcmp(io::as_floats(*file.find("0.weight")).data(), weight.data(), 6 * sizeof(float)) == 0);
    REQUIRE(file.find("odd \"\\\n \xc3\xa4") != nullptr);
    CHECK(file.find("odd \"\\\n \xc3\xa4")->dtype == io::dtype::f64);
    CHECK(io::as_doubles(*file.find("odd \"\\\n \xc3\xa4")) == scale);
    REQUIRE(file.find("empty") != nullptr);
    CHECK(file.find("empty")->size() == 0);
    CHECK(file.find("nothing") == nullptr);
    CHECK(&file.at("0.weight") == file.find("0.weight"));
    CHECK(says(message_of<strata::file_error>([&] { (void)file.at("0.weights"); }),
               "strata: the file has no tensor '0.weights'. Did you mean '0.weight'? It has ", "empty"));
    REQUIRE(file.find_metadata("format") != nullptr);
    CHECK(*file.find_metadata("format") == "strata");
    CHECK(file.find_metadata("nothing") == nullptr);
}

TEST_CASE("the bytes of a written file are the format's", "[safetensors]") {
    const temporary_folder folder;
    const float one = 1;
    const std::vector<io::tensor_view> tensors{io::view_of("b", {1}, std::span(&one, 1)),
                                               io::view_of("a", {}, std::span(&one, 1))};
    io::write_safetensors(folder / "a", tensors, {{"k", "v"}});
    const std::string header = R"({"__metadata__":{"k":"v"},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                               R"("a":{"dtype":"F32","shape":[],"data_offsets":[4,8]}})";
    const std::string padded = header + std::string((8 - header.size() % 8) % 8, ' ');
    CHECK(content_of(folder / "a") == with_length(padded, std::string("\0\0\x80\x3f\0\0\x80\x3f", 8)));

    io::write_safetensors(folder / "a", {}); // an existing file is replaced; a file without tensors is legal
    CHECK(content_of(folder / "a") == with_length("{}      ", ""));
    CHECK(io::read_safetensors(folder / "a").tensors.empty());
}

TEST_CASE("what PyTorch's users write is read", "[safetensors]") {
    const auto file = io::read_safetensors(std::string(STRATA_TESTS_DIR) + "/pytorch/product/dense_5_3.safetensors");
    REQUIRE(file.find("0.weight") != nullptr);
    CHECK(file.find("0.weight")->shape == std::vector<long long>{3, 5});
    CHECK(file.find("0.weight")->dtype == io::dtype::f64);
    REQUIRE(file.find("output") != nullptr);
    // y = W x + b, recomputed: the file's numbers are where its header says. Double, five products: 1e-14.
    const auto w = io::as_doubles(*file.find("0.weight")), b = io::as_doubles(*file.find("0.bias")),
               x = io::as_doubles(*file.find("input")), y = io::as_doubles(*file.find("output"));
    for (std::size_t n = 0; n < x.size() / 5; ++n)
        for (std::size_t f = 0; f < 3; ++f) {
            double sum = b[f];
            for (std::size_t i = 0; i < 5; ++i) sum += w[f * 5 + i] * x[n * 5 + i];
            CHECK(y[n * 3 + f] == Approx(sum).margin(1e-14));
        }
}

TEST_CASE("header order need not be byte order, and data need not be aligned", "[safetensors]") {
    const temporary_folder folder;
    const std::string header = R"({"b":{"shape":[1],"data_offsets":[3,7],"dtype":"F32"},)"
                               R"( "a" : { "dtype":"U8", "shape":[3,1],"data_offsets":[0,3]}}  )";
    const std::string path = folder.file("a", with_length(header, std::string("xyz\0\0\x80\x3f", 7)));
    const auto file = io::read_safetensors(path);
    REQUIRE(file.tensors.size() == 2);
    CHECK(file.tensors[0].name == "a");
    CHECK(file.tensors[1].name == "b");
    CHECK(io::as_floats(file.tensors[1]) == std::vector<float>{1});
    CHECK(says(message_of<strata::file_error>([&] { (void)io::as_floats(file.tensors[0]); }), "tensor a", "U8"));
    std::vector<float> narrow(2);
    CHECK(says(message_of<strata::shape_error>([&] { io::copy_numbers(file.tensors[1], std::span(narrow)); }),
               "tensor b", "1 elements", "a buffer of 2"));
}

TEST_CASE("numbers of half precision and of 8 bits are converted exactly", "[safetensors]") {
    // 1, -2, the largest, the least subnormal, infinity, not a number
    const std::string halves("\x00\x3c\x00\xc0\xff\x7b\x01\x00\x00\x7c\x01\x7e", 12);
    const auto x = io::as_floats(bytes_view(io::dtype::f16, {6}, halves));
    CHECK(std::vector<float>(x.begin(), x.begin() + 5)
          == std::vector<float>{1, -2, 65504, 0x1p-24f, std::numeric_limits<float>::infinity()});
    CHECK(std::isnan(x[5]));
    CHECK(io::as_floats(bytes_view(io::dtype::f8_e4m3, {3}, "\x38\xfe\x01")) == std::vector<float>{1, -448, 0x1p-9f});
    CHECK(io::as_floats(bytes_view(io::dtype::f8_e5m2, {3}, "\x3c\xfb\x01"))
          == std::vector<float>{1, -57344, 0x1p-16f});
    const std::string brains("\x80\x3f\x49\xc0\x80\x7f", 6);
    CHECK(io::as_doubles(bytes_view(io::dtype::bf16, {3}, brains))
          == std::vector<double>{1, -3.140625, std::numeric_limits<double>::infinity()});
}

TEST_CASE("a double that is finite and no float is refused, and nothing is written", "[safetensors]") {
    constexpr double most = std::numeric_limits<float>::max(), infinity = std::numeric_limits<double>::infinity();
    std::vector<double> x{most, -most, infinity, -infinity, 1e-300};
    CHECK(io::as_floats(io::view_of("t", {5}, x))
          == std::vector<float>{std::numeric_limits<float>::max(), -std::numeric_limits<float>::max(),
                                std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(), 0});
    for (const double large : {1e300, -1e300, 3.5e38}) {
        x[3] = large;
        std::vector<float> into(5, 7);
        CHECK(says(message_of<strata::file_error>([&] { io::copy_numbers(io::view_of("t", {5}, x), std::span(into)); }),
                   "element 3 of the tensor t is too large for a float", "as_doubles"));
        CHECK(into == std::vector<float>(5, 7));
        CHECK(io::as_doubles(io::view_of("t", {5}, x)) == x);
    }
}

TEST_CASE("a file that is too short for its header", "[safetensors]") {
    const temporary_folder folder;
    const auto refused = [&](const std::string& bytes) {
        const std::string path = folder.file("a", bytes);
        return message_of<strata::file_error>([&] { (void)io::read_safetensors(path); });
    };
    CHECK(says(refused(""), "byte 0:", "8-byte header length"));
    CHECK(says(refused("1234567"), "byte 7:", "8-byte header length"));
    CHECK(says(refused(with_length("{}", "").substr(0, 9)), "byte 0:", "claims 2 bytes", "contains only 1"));
    CHECK(says(refused(std::string(8, '\xff') + "{}"), "claims 18446744073709551615 bytes", "contains only 2"));
    CHECK(says(refused(with_length("", "{}")), "byte 8:", "does not begin with '{'"));
    CHECK(says(refused(with_length(" {}", "")), "byte 8:", "does not begin with '{'"));
    CHECK(says(message_of<strata::file_error>([&] { (void)io::read_safetensors(folder / "no"); }), "cannot open"));
}

TEST_CASE("a header that is no JSON", "[safetensors]") {
    CHECK(says(refusal("{"), "byte 9:", "found the end"));
    CHECK(says(refusal("{}x"), "byte 10:", "after its closing brace"));
    CHECK(says(refusal("{\"a\":{},}"), "'a' needs a dtype"));
    CHECK(says(refusal(R"({"a":[)"), "byte 13:", "expected '{'"));
    CHECK(says(refusal(R"({"__metadata__":{"a":1}})"), "expected '\"' and found '1'"));
    CHECK(says(refusal("{\"\xff\":{}}"), "byte 10:", "not UTF-8"));
    CHECK(says(refusal(R"({"a":{"dtype":"F32","shape":[1,],"data_offsets":[0,4]}})", "1234"), "non-negative integer"));
    CHECK(says(refusal(R"({"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}})", "1234"), "not a fraction"));
    CHECK(says(refusal(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", "1234"), "found '-'"));
    CHECK(says(refusal("{" + std::string(100'000, '[')), "expected"));
}

TEST_CASE("a header whose tensors make no sense", "[safetensors]") {
    const auto one = [](const std::string& type, const std::string& shape, const std::string& offsets) {
        return R"({"a":{"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
    };
    CHECK(says(refusal(one("F33", "[1]", "[0,4]"), "1234"), "byte 9:", "'a'", "unknown dtype 'F33'"));
    CHECK(says(refusal(one("F32", "[1]", "[0,8]"), "1234"), "bytes 0 to 8", "contains only 4"));
    CHECK(says(refusal(one("F32", "[1]", "[4,0]"), "1234"), "bytes 4 to 0"));
    CHECK(says(refusal(one("F32", "[2]", "[0,4]"), "1234"), "needs 8 bytes", "give it 4"));
    CHECK(says(refusal(one("F32", "[1]", "[0]"), "1234"), "two data_offsets, but has 1"));
    CHECK(says(refusal(one("F32", "[4611686018427387904,4]", "[0,0]")), "too large for any memory"));
    CHECK(says(refusal(one("F32", "[1]", "[0,4]"), "12345"), "byte 66:", "last 1 bytes belong to no tensor"));
    CHECK(says(refusal(one("F32", "[1]", "[1,5]"), "12345"), "'a'", "begins 1 bytes after"));
    CHECK(says(refusal(R"({"a":{"dtype":"F32","shape":[1]}})", "1234"), "'a'", "one is missing"));
    CHECK(says(refusal(R"({"a":{"dtype":"F32","size":[1]}})"), "'size' is not a valid field"));
    CHECK(says(refusal(R"({"a":{"dtype":"F32","dtype":"F32"}})"), "'dtype' occurs twice"));
    CHECK(says(refusal(R"({"__metadata__":{"k":"1","k":"2"}})"), "'k' occurs twice"));
    const std::string a = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)";
    CHECK(says(refusal(a + R"("a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", "12345678"),
               "byte 62:", "'a' occurs twice"));
    CHECK(says(refusal(a + R"("b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}})", "12345"), "byte 62:", "'b'",
               "shares bytes"));
    CHECK(says(refusal(a + R"("b":{"dtype":"U8","shape":[1],"data_offsets":[5,6]}})", "123456"), "'b'",
               "begins 1 bytes after"));
}

TEST_CASE("no truncation and no flipped bit of a file is read as something that does not hold together",
          "[safetensors]") {
    const temporary_folder folder;
    const std::vector<float> x{1, 2};
    const std::vector<io::tensor_view> tensors{io::view_of("a", {2}, x)};
    io::write_safetensors(folder / "a", tensors, {{"k", "v"}});
    const std::string whole = content_of(folder / "a");
    for (std::size_t keep = 0; keep < whole.size(); ++keep) {
        const std::string path = folder.file("cut", whole.substr(0, keep));
        CHECK_THROWS_AS((void)io::read_safetensors(path), strata::file_error);
    }
    int read = 0, refused = 0;
    for (std::size_t bit = 0; bit < 8 * (whole.size() - 8); ++bit) {
        std::string bytes = whole;
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
        const std::string path = folder.file("flipped", bytes);
        try {
            const auto file = io::read_safetensors(path);
            ++read; // a flipped letter of a name or a text is still a file
            for (const auto& t : file.tensors) REQUIRE(t.bytes.size() == 8);
        } catch (const strata::file_error&) {
            ++refused;
        }
    }
    CHECK(refused > 8 * 8); // at least every bit of the length
    CHECK(read > 0);
}

TEST_CASE("what cannot be written is refused, and the old file stays", "[safetensors]") {
    const temporary_folder folder;
    const std::string path = folder.file("a", "old");
    const std::vector<float> x{1, 2};
    const auto refused = [&](const std::vector<io::tensor_view>& tensors, const io::metadata& texts = {}) {
        const auto message = message_of<strata::error>([&] { io::write_safetensors(path, tensors, texts); });
        CHECK(says(message, path));
        return message;
    };
    CHECK(says(refused({io::view_of("a", {3}, x)}), "'a' of shape [3] F32", "8 bytes"));
    CHECK(says(refused({io::view_of("a", {-2}, x)}), "shape [-2]"));
    CHECK(says(refused({io::view_of("a", {2}, x), io::view_of("a", {2}, x)}), "'a' is already used"));
    CHECK(says(refused({io::view_of("__metadata__", {2}, x)}), "'__metadata__' is already used"));
    CHECK(says(refused({io::view_of("\xff", {2}, x)}), "not UTF-8"));
    CHECK(says(refused({}, {{"k", "\xc3"}}), "text of 'k' is not UTF-8"));
    CHECK(says(refused({}, {{"k", "1"}, {"k", "2"}}), "'k' is already used"));
    CHECK(content_of(path) == "old");

    const std::string nowhere = folder / "no/a";
    CHECK(says(message_of<strata::file_error>([&] { io::write_safetensors(nowhere, {}); }), nowhere, "No such file"));
    const std::string taken = folder.folder("taken"); // a folder cannot be replaced by a file
    CHECK(says(message_of<strata::file_error>([&] { io::write_safetensors(taken, {}); }), taken));
    CHECK(temporary_folder::names_in(folder.path()).size() == 2); // no partial file is left
}
