#pragma once
#include <cstddef>
#include <cstdint>
#include <strata/base/words/sentence.hpp>
#include <strata/io/unpacked_file.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// An IDX file's content: unsigned bytes, the last extent varying fastest.
struct idx_array {
    std::vector<long long> extents;
    std::vector<std::uint8_t> bytes;
    std::size_t header = 0; ///< bytes before the first value: value i stands at byte header + i
};

/// Reads an IDX file of unsigned bytes, plain or gzipped (detected by its content, not by its name). The header is not
/// trusted: memory is allocated only as the bytes arrive, at most twice the file's content (see unpacked_file for the
/// bound of a compressed one).
///
/// Errors   file_error, naming the file and the (unpacked) byte: a wrong magic number, another element type, no or
///          zero extents, a size larger than the file, surplus bytes, a truncated or damaged gzip stream
/// Source   Y. LeCun, C. Cortes, C. Burges, "The MNIST database", section "the IDX file format"
[[nodiscard, gnu::cold]] inline idx_array read_idx(const std::string& path) {
    io::unpacked_file file(path);
    unsigned char word[4];
    const auto next = [&](std::size_t offset) {
        if (file.read(word, 4) < 4)
            io::refuse_file(path, offset, {"the file ends inside the IDX header. Download it again."});
        return static_cast<std::uint32_t>(word[0]) << 24 | static_cast<std::uint32_t>(word[1]) << 16
               | static_cast<std::uint32_t>(word[2]) << 8 | static_cast<std::uint32_t>(word[3]);
    };
    const std::uint32_t magic = next(0);
    const unsigned type = magic >> 8 & 0xff, rank = magic & 0xff;
    if (magic >> 16 != 0)
        io::refuse_file(
            path, 0, {"this is not an IDX file: it does not begin with two zero bytes. Was a web page saved instead?"});
    if (type != 0x08) {
        const char* name = type == 0x09   ? "signed bytes"
                           : type == 0x0b ? "16-bit integers"
                           : type == 0x0c ? "32-bit integers"
                           : type == 0x0d ? "floats"
                           : type == 0x0e ? "doubles"
                                          : "an unknown type";
        io::refuse_file(
            path, 2,
            {"the IDX file contains ", name, " (code ", type, "), but strata reads only unsigned bytes (code 8)."});
    }
    if (rank == 0) io::refuse_file(path, 3, {"the IDX header declares no dimensions."});

    idx_array array;
    array.header = 4 + 4 * static_cast<std::size_t>(rank);
    const unsigned long long capacity = file.capacity();
    const unsigned long long available = capacity > array.header ? capacity - array.header : 0;
    array.extents = std::vector<long long>(rank);
    std::string claim;
    for (unsigned d = 0; d < rank; ++d) {
        const std::size_t offset = 4 + 4 * static_cast<std::size_t>(d);
        const std::uint32_t extent = next(offset);
        if (extent == 0) io::refuse_file(path, offset, {"dimension ", d, " of the IDX header is zero."});
        array.extents[d] = extent;
        claim += sentence({d == 0 ? "" : " x ", extent});
    }
    unsigned long long claimed = 1;
    for (const long long extent : array.extents) {
        const auto factor = static_cast<unsigned long long>(extent);
        if (claimed > available / factor) // before the product, which could overflow
            io::refuse_file(path, 4,
                            {"the IDX header claims ", claim, " bytes of values, but the file has ",
                             (file.packed() ? "at most " : ""), available,
                             ". It is damaged or incomplete. Download it again."});
        claimed *= factor;
    }

    constexpr std::size_t piece = 1 << 20;
    std::size_t have = 0;
    while (have < claimed) {
        // A plain file's size is known; a packed one's is not: double what really came, from one piece
        // upwards.
        std::size_t want = file.packed() ? (have < piece ? piece : 2 * have) : static_cast<std::size_t>(claimed);
        if (want > claimed) want = static_cast<std::size_t>(claimed);
        array.bytes.resize(want);
        const std::size_t got = file.read(array.bytes.data() + have, want - have);
        have += got;
        if (have < want)
            io::refuse_file(path, array.header + have,
                            {"the IDX header claims ", claim, " bytes of values, but the file has ", have,
                             ". It is damaged or incomplete. Download it again."});
    }
    if (file.read(word, 1) != 0) // for a packed file this also verifies the checksum
        io::refuse_file(path, array.header + have,
                        {"bytes are left over after the ", claimed, " values that the IDX header declares."});
    return array;
}

} // namespace strata::inline STRATA_ABI::data
