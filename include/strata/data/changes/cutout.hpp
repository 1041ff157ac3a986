#pragma once
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/changes/augmented_image.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace strata::inline STRATA_ABI::data {

/// cutout — fills squares of an image, at random places, in all channels: a change for `augmented`.
/// A square's middle is any pixel, so squares may reach beyond the image. Label maps stay as they are.
///
///   auto more = data::augmented(train, data::crop{}, data::flip{}, data::cutout{.size = 16});   // for CIFAR-10
///
/// Options  .size (8): pixels of a side;  .count (1): squares
///          .fill (0): in the units of the data at this point, so that 0 is the mean where they are normalised
/// Errors   shape_error for samples that are not images [C, H, W]; error for options that make no sense
/// Source   DeVries & Taylor 2017
struct cutout {
    static constexpr bool keeps_positions = true;
    int size = 8, count = 1;
    double fill = 0;

    template <class T>
    void operator()(std::span<T> x, shape s, philox_stream& random) const {
        detail::check_image(s, "cutout");
        if (size < 0 || count < 0) detail::refuse_limits("cutout", "size or count", "0 on");
        const long long rows = s.d1, columns = s.d2;
        for (int i = 0; i < count; ++i) {
            const long long top = static_cast<long long>(random.below(static_cast<std::uint64_t>(rows))) - size / 2,
                            left = static_cast<long long>(random.below(static_cast<std::uint64_t>(columns))) - size / 2;
            const long long first_row = std::max(top, 0LL), last_row = std::min(top + size, rows),
                            first = std::max(left, 0LL), last = std::min(left + size, columns);
            for (std::size_t plane = 0; plane < x.size(); plane += static_cast<std::size_t>(rows * columns))
                for (long long h = first_row; h < last_row; ++h)
                    for (long long w = first; w < last; ++w)
                        x[plane + static_cast<std::size_t>(h * columns + w)] = static_cast<T>(fill);
        }
    }
};

} // namespace strata::inline STRATA_ABI::data
