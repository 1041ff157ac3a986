// Absurd and hostile safetensors files: one clear error that names file and byte, and memory that the file's
// size bounds.
#include "files.hpp"
#include "peak_memory.hpp"

#include <strata/io/tensors/safetensors.hpp>

#include <cstring>

namespace io = strata::io;
using namespace strata_tests;

namespace {

std::string of(const std::string& header, const std::string& data = "") {
    const std::uint64_t n = header.size();
    std::string bytes(8, 0);
    std::memcpy(bytes.data(), &n, 8);
    return bytes + header + data;
}
std::string tensor(const std::string& type, const std::string& shape, const std::string& offsets) {
    return R"({"dtype":")" + type + R"(","shape":[)" + shape + R"(],"data_offsets":[)" + offsets + "]}";
}
std::string repeated(const std::string& what, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += what;
    return all;
}

struct spoilt {
    const char* what;
    std::string bytes;
    std::vector<std::string> said;
};

std::vector<spoilt> spoilt_files() {
    const std::string million = repeated("1,", 1'000'000) + "1";
    return {
        {"a header of an exabyte",
         std::string("\0\0\0\0\0\0\0\x10", 8) + "{}",
         {"byte 0:", "claims 1152921504606846976 bytes"}},
        {"a header longer than the format allows",
         of("{}" + std::string(100'000'000, ' ')),
         {"byte 0:", "the format allows only 100000000"}},
        {"tensors of terabytes",
         of(R"({"a":)" + tensor("F32", "1099511627776", "0,4398046511104") + "}"),
         {"byte 9:", "'a'", "contains only 0"}},
        {"an extent that overflows",
         of(R"({"a":)" + tensor("F64", "9223372036854775807", "0,8") + "}", "12345678"),
         {"'a'", "too large for any memory"}},
        {"an extent beyond 63 bits",
         of(R"({"a":)" + tensor("U8", "9223372036854775808", "0,8") + "}", "12345678"),
         {"too large"}},
        {"NaN", of(R"({"a":)" + tensor("U8", "NaN", "0,8") + "}", "12345678"), {"byte 36:", "integer and found 'N'"}},
        {"Infinity", of(R"({"a":)" + tensor("U8", "1", "0,Infinity") + "}", "12345678"), {"integer and found 'I'"}},
        {"a minus", of(R"({"a":)" + tensor("U8", "1", "-0,1") + "}", "1"), {"integer and found '-'"}},
        {"null", of(R"({"a":null})"), {"expected '{' and found 'n'"}},
        {"nested a million deep",
         of("{\"a\":" + std::string(1'000'000, '{')),
         {"byte 14:", "expected '\"' and found '{'"}},
        {"a million extents",
         of(R"({"a":)" + tensor("U8", million, "0,2") + "}", "12"),
         {"'a' needs 1 bytes", "give it 2"}},
        {"wrong UTF-8 far in", of("{" + std::string(1'000'000, ' ') + "\xc3\x28}"), {"byte 1000009:", "not UTF-8"}},
        {"a name of a million letters, twice",
         of("{\"" + std::string(1'000'000, 'n') + "\":" + tensor("U8", "0", "0,0") + ",\"" + std::string(1'000'000, 'n')
            + "\":1}"),
         {"occurs twice"}},
        {"an unknown dtype of a million letters",
         of(R"({"a":)" + tensor(std::string(1'000'000, 'F'), "0", "0,0") + "}"),
         {"unknown dtype 'FFFF"}},
        {"complex numbers",
         of(R"({"a":)" + tensor("C64", "1", "0,8") + "}", "12345678"),
         {"byte 9:", "'a'", "the dtype C64, which strata does not support. Save it as F32"}},
        {"scales of 8 bits", of(R"({"a":)" + tensor("F8_E8M0", "1", "0,1") + "}", "1"), {"the dtype F8_E8M0, which"}},
        {"8 bits without infinities and negative zero",
         of(R"({"a":)" + tensor("F8_E4M3FNUZ", "1", "0,1") + "}", "1"),
         {"the dtype F8_E4M3FNUZ, which"}},
        {"the same with five bits of exponent",
         of(R"({"a":)" + tensor("F8_E5M2FNUZ", "1", "0,1") + "}", "1"),
         {"the dtype F8_E5M2FNUZ, which"}},
        {"6 bits", of(R"({"a":)" + tensor("F6_E2M3", "4", "0,3") + "}", "123"), {"the dtype F6_E2M3, which"}},
        {"6 bits, three of exponent",
         of(R"({"a":)" + tensor("F6_E3M2", "4", "0,3") + "}", "123"),
         {"the dtype F6_E3M2, which"}},
        {"4 bits", of(R"({"a":)" + tensor("F4", "2", "0,1") + "}", "1"), {"the dtype F4, which"}},
        {"a zero byte in a name", of(std::string("{\"a\0b\":1}", 9)), {"control character"}},
        {"the same metadata twice", of(R"({"__metadata__":{},"__metadata__":{}})"), {"'__metadata__' occurs twice"}},
        {"data that begins late", of(R"({"a":)" + tensor("U8", "1", "1,2") + "}", "12"), {"'a' begins 1 bytes after"}},
        {"nothing but data",
         of("{}", std::string(1'000'000, 'x')),
         {"byte 10:", "last 1000000 bytes belong to no tensor"}},
        {"a web page", "<!DOCTYPE html><html><body>Not found</body></html>", {"is a web page, not a safetensors file"}},
        {"a zip archive, as torch.save writes",
         "PK\x03\x04" + std::string(100, 'x'),
         {"is a zip archive", "safetensors.torch.save_file"}},
    };
}

} // namespace

TEST_CASE("spoilt safetensors files are refused with one short sentence", "[safetensors]") {
    const temporary_folder folder;
    for (const spoilt& file : spoilt_files()) {
        CAPTURE(file.what);
        const std::string path = folder.file("a.safetensors", file.bytes);
        std::string message;
        const double mib =
            peak_mib([&] { message = message_of<strata::file_error>([&] { (void)io::read_safetensors(path); }); });
        CHECK(says(message, path));
        for (const std::string& words : file.said) CHECK(says(message, words));
        CHECK(message.size() < 300 + path.size());
        CHECK(mib <= heap_factor
                         * (8
                            + 20.0 * static_cast<double>(file.bytes.size())
                                  / (1 << 20))); // the reader's promise, and what a heap rounds up
    }
}

TEST_CASE("a header of very many tensors takes no more memory than is promised", "[safetensors]") {
    const temporary_folder folder;
    std::string header = "{";
    for (int i = 0; i < 100'000; ++i)
        header += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":" + tensor("U8", "0", "0,0");
    header += "}";
    const std::string path = folder.file("a", of(header));
    std::size_t read = 0;
    const double mib = peak_mib([&] { read = io::read_safetensors(path).tensors.size(); });
    CHECK(read == 100'000);
    std::printf("100,000 tensors: a header of %.1f MiB, %.1f MiB of memory\n",
                static_cast<double>(header.size()) / (1 << 20), mib);
    CHECK(mib <= heap_factor * 20 * static_cast<double>(header.size()) / (1 << 20));
}

TEST_CASE("a header of very many short texts takes no more memory than is promised", "[safetensors]") {
    const temporary_folder folder;
    // Just beyond a power of two, where a vector would have doubled its memory.
    constexpr std::size_t count = (1 << 19) + 1;
    std::string header = "{\"__metadata__\":{";
    for (std::size_t i = 0; i < count; ++i) {
        std::string key; // three of 90 letters
        for (std::size_t rest = i; key.size() < 3; rest /= 90)
            key += static_cast<char>(rest % 90 + (rest % 90 < 56 ? 36 : 37));
        header += (i == 0 ? "\"" : ",\"") + key + "\":\"\"";
    }
    header += "}}";
    const std::string path = folder.file("a", of(header));
    std::size_t read = 0;
    const double mib = peak_mib([&] { read = io::read_safetensors(path).metadata.size(); });
    CHECK(read == count);
    std::printf("%zu texts: a header of %.1f MiB, %.1f MiB of memory\n", count,
                static_cast<double>(header.size()) / (1 << 20), mib);
    CHECK(mib <= heap_factor * 20 * static_cast<double>(header.size()) / (1 << 20));
}

TEST_CASE("a file that claims more than there is memory is an error and not an end", "[safetensors]") {
    const temporary_folder folder;
    constexpr long long size = 8LL << 40; // sparse: the file takes no disk
    const std::string file = of(R"({"a":)" + tensor("U8", std::to_string(size), "0," + std::to_string(size)) + "}");
    const std::string path = folder.file("a", file);
    if (::truncate(path.c_str(), static_cast<off_t>(size + static_cast<long long>(file.size()))) != 0) {
        WARN("this file system holds no file of 8 TiB");
        return;
    }
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // whose heaps end the program
    CHECK(says(message_of<strata::file_error>([&] { (void)io::read_safetensors(path); }), path,
               "not enough memory for its 8796093022208 bytes"));
#endif
    // The header is read alone, before anything is taken for the data.
    const std::string spoilt = folder.file("b", of("{\"a\":1}"));
    REQUIRE(::truncate(spoilt.c_str(), off_t{1} << 42) == 0);
    const double mib = peak_mib(
        [&] { CHECK(says(message_of<strata::file_error>([&] { (void)io::read_safetensors(spoilt); }), "byte 13:")); });
    CHECK(mib < heap_factor * 8);
}

TEST_CASE("what is no regular file is refused at once", "[safetensors]") {
    const temporary_folder folder;
    const std::string pipe = folder / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0); // opening it would wait for a writer
    CHECK(says(message_of<strata::file_error>([&] { (void)io::read_safetensors(pipe); }), pipe, "not a regular file"));
    CHECK(says(message_of<strata::file_error>([&] { (void)io::read_safetensors("/dev/zero"); }), "/dev/zero",
               "not a regular file"));
}
