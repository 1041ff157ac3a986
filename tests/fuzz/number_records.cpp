/// Inputs: seven bytes that choose a layout, then a file of records. A layout that does not fit together is refused as
/// one.
#include "fuzz_file.hpp"

#include <strata/data/readers/number_records.hpp>

#include <cmath>
#include <iterator>

using namespace strata_fuzz;
namespace data = strata::data;

namespace {

/// Small, left out, or so large that sums of it wrap.
std::size_t place(std::uint8_t byte, std::size_t left_out) {
    return byte < 0xf0 ? byte % 16 : byte < 0xf8 ? left_out : ~std::size_t{0} - (byte - 0xf8);
}

template <class Target>
void read_all(const std::string& path, const data::number_layout& layout) {
    const data::number_records<Target> set({path}, layout);
    std::vector<float> x(static_cast<std::size_t>(layout.sample.size())),
        y(static_cast<std::size_t>(layout.target.size()));
    for (std::size_t i = 0; i < set.size(); ++i) {
        Target target;
        if constexpr (data::dense_targets<data::number_records<Target>>) target.into = y;
        set.read(i, {}, x, target);
        if constexpr (std::same_as<Target, data::class_index>)
            demand(target.value >= 0 && target.value < layout.classes && target.value == set.label(i));
        for (const float v : x) demand(std::isfinite(v));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 7) return 0;
    static fuzz_file file;
    file.hold({data + 7, size - 7});
    const auto type = [](std::uint8_t byte) {
        return static_cast<strata::io::dtype>(byte % std::size(strata::io::dtype_facts));
    };
    const data::number_layout layout{.sample = strata::shape(data[0] % 8),
                                     .target = strata::shape(data[0] / 8 % 4),
                                     .classes = data[0] / 32,
                                     .stored = type(data[1]),
                                     .target_stored = type(data[2]),
                                     .sample_at = place(data[3], 0),
                                     .target_at = place(data[4], data::number_layout::behind_the_sample),
                                     .size = place(data[5], 0),
                                     .header = place(data[6] & 0x7f, 0)};
    read_or_refuse(file.path(), size, [&] {
        try {
            if ((data[6] & 0x80) != 0) read_all<data::class_index>(file.path(), layout);
            else read_all<data::values>(file.path(), layout);
        } catch (const strata::shape_error&) {
            demand(std::getenv("STRATA_FUZZ_ACCEPT") == nullptr);
        }
    });
    return 0;
}
