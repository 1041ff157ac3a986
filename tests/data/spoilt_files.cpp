// Packed files that are spoilt or would fill the memory, for every reader that unpacks.
#include "files.hpp"
#include "files/packed.hpp"
#include "peak_memory.hpp"
#include <strata/data/csv/csv.hpp>
#include <strata/data/readers/idx_images.hpp>

namespace data = strata::data;
using namespace strata_tests;

namespace {

/// An IDX file of n bytes.
std::string idx(std::uint32_t n, const std::string& values) {
    std::string bytes("\0\0\x08\x01", 4);
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(n >> shift));
    return bytes + values;
}
std::string table() { return "y,a\n1,2\n3,4\n"; }

void read_as_idx(const std::string& path) { (void)data::read_idx(path); }
void read_as_csv(const std::string& path) { (void)data::csv_values(path, {.targets = {"y"}}); }

struct spoilt {
    const char* what;
    void (*read)(const std::string&);
    std::string bytes;
    std::vector<std::string> said;
};

std::string flipped(std::string bytes, std::size_t at) {
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    return bytes;
}
/// 70 MiB of lines, of blanks for the most part, in a few KiB.
std::string long_table() {
    const std::string line = "1," + std::string(1 << 20, ' ') + "2\n";
    std::string text = "y,a\n";
    for (int i = 0; i < 70; ++i) text += line;
    return packed(text);
}

std::vector<spoilt> spoilt_files() {
    const std::string i = packed(idx(1000, std::string(1000, 'x'))), t = packed(table());
    const std::string zeros = packed(std::string(80 << 20, '\0'));
    return {
        {"IDX: garbage behind the stream", read_as_idx, i + "garbage", {"extra data follows the gzip stream"}},
        {"CSV: garbage behind the stream", read_as_csv, t + "garbage", {"extra data follows the gzip stream"}},
        {"CSV: a member that is cut", read_as_csv, t + t.substr(0, 20), {"ends inside its gzip stream"}},
        {"CSV: a second header in the second member",
         read_as_csv,
         t + t,
         {"line 4, column 2 (a)", "'a' is not a number"}},
        {"IDX: a checksum that is not its", read_as_idx, flipped(i, i.size() - 6), {"damaged", "incorrect data check"}},
        {"CSV: a length that is not its", read_as_csv, flipped(t, t.size() - 3), {"damaged", "incorrect length check"}},
        {"IDX: a flipped bit", read_as_idx, flipped(i, 14), {"byte "}},
        {"IDX: a claim of terabytes", read_as_idx, packed(idx(4'000'000'000u, "x")), {"byte 4:", "at most 67108856"}},
        {"IDX: a bomb with an honest claim",
         read_as_idx,
         packed(idx(80 << 20, std::string(80 << 20, '\0'))),
         {"byte 4:", "claims 83886080 bytes"}},
        {"IDX: a bomb in the second member",
         read_as_idx,
         packed(idx(60 << 20, std::string(60 << 20, '\0'))) + zeros,
         {"left over"}},
        {"CSV: a bomb in one line",
         read_as_csv,
         packed("y,a\n1,") + zeros,
         {"line 2, column 2", "more than 16777216 bytes"}},
        {"CSV: a bomb of many lines",
         read_as_csv,
         long_table(),
         {"byte ", "decompresses to more than 67108864 bytes", "gunzip"}},
    };
}

} // namespace

TEST_CASE("spoilt packed files are refused with one short sentence, and bombs take no more memory than is promised",
          "[unpacked_file]") {
    const temporary_folder folder;
    for (const spoilt& file : spoilt_files()) {
        CAPTURE(file.what);
        const std::string path = folder.file("a.gz", file.bytes);
        std::string message;
        const double mib = peak_mib([&] { message = message_of<strata::file_error>([&] { file.read(path); }); });
        CHECK(says(message, path));
        for (const std::string& words : file.said) CHECK(says(message, words));
        CHECK(message.size() < 300 + path.size());
        // What unpacked_file promises for small files, 64 MiB, twice while a vector grows; CSV files keep a
        // record of 16 MiB.
        CHECK(mib < heap_factor * 3 * 64);
    }
}

TEST_CASE("a packed file of several members is one file, with zeros behind it or without", "[unpacked_file]") {
    const temporary_folder folder;
    const std::string bytes = packed("y,a\n1,") + packed("") + packed("2\n3,4\n");
    for (const std::size_t zeros : {0, 1, 512}) {
        const auto set = data::csv_values(folder.file("a", bytes + std::string(zeros, '\0')), {.targets = {"y"}});
        CHECK(set.size() == 2);
        const auto array = data::read_idx(folder.file("b", packed(idx(3, "abc")) + std::string(zeros, '\0')));
        CHECK(array.bytes == std::vector<std::uint8_t>{'a', 'b', 'c'});
    }
}
