/// Inputs: a byte, whose number of channels is asked for (0, 1 or 3), then a PNG or JPEG file.
#include "fuzz_file.hpp"

#include <strata/data/images/fit_raster.hpp>
#include <strata/data/images/read_image.hpp>

using namespace strata_fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static fuzz_file file;
    file.hold(bytes(data + 1, size - 1));
    const int channels = data[0] % 3 == 0 ? 0 : data[0] % 3 == 1 ? 1 : 3;
    read_or_refuse(file.path(), size, [&] {
        const strata::data::raster r = strata::data::read_image(file.path(), channels, 1 << 20);
        demand((r.channels == 1 || r.channels == 3) && (channels == 0 || r.channels == channels));
        demand(r.height > 0 && r.width > 0 && r.bytes.size() == static_cast<std::size_t>(r.channels) * r.plane());
        if (r.plane() > 4096) return;
        const strata::data::raster fitted = strata::data::fit_raster(r, 5, 7);
        demand(fitted.bytes.size() == static_cast<std::size_t>(r.channels) * 35);
    });
    return 0;
}
