/// Inputs: a byte, then a file as it is (0 modulo 3), one to be packed with gzip (1), or one that follows a
/// packed beginning (2).
#include "fuzz_file.hpp"

#include <strata/data/readers/idx_images.hpp>

#include <zlib.h>

using namespace strata_fuzz;

namespace {

std::basic_string<std::uint8_t> packed(bytes input) {
    std::basic_string<std::uint8_t> out(input.size() + input.size() / 100 + 64, 0);
    z_stream z{};
    demand(deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    z.next_in = const_cast<Bytef*>(input.data());
    z.avail_in = static_cast<uInt>(input.size());
    z.next_out = out.data();
    z.avail_out = static_cast<uInt>(out.size());
    demand(deflate(&z, Z_FINISH) == Z_STREAM_END);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static fuzz_file file;
    bytes input(data + 1, size - 1);
    if (data[0] % 3 == 0) {
        file.hold(input);
    } else if (data[0] % 3 == 1) {
        file.hold(packed(input));
    } else {
        const std::size_t first = input.size() < 12 ? input.size() : 12;
        file.hold(packed(input.substr(0, first)).append(input.substr(first)));
    }
    if (!read_or_refuse(file.path(), size, [] {
            const auto array = strata::data::read_idx(file.path());
            std::size_t values = 1;
            for (const long long extent : array.extents) values *= static_cast<std::size_t>(extent);
            demand(values == array.bytes.size());
        }))
        return 0;
    if (std::getenv("STRATA_FUZZ_ACCEPT") != nullptr) return 0;
    read_or_refuse(file.path(), size, [] { (void)strata::data::idx_images(file.path(), file.path(), 10, {}, "here"); });
    return 0;
}
