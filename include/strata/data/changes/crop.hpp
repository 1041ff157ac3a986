#pragma once
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/changes/augmented_image.hpp>

#include <cstdint>
#include <span>
#include <utility>

namespace strata::inline STRATA_ABI::data {

/// crop — pads an image and cuts out a window of the image's size at a random position.
/// It is a change for `augmented`. In PyTorch it is RandomCrop(size, padding), for images of that size.
///
///   auto more = data::augmented(train, data::crop{.padding = 4}, data::flip{});    // the usual choice for CIFAR-10
///
/// Options  .padding (4): pixels on each side
///          .beyond (border::constant): their content;  .fill (0): that constant, in the units of the data at this
///          point, so that 0 is the mean where they are normalised;  .fill_class (−100): that of a label map, which
///          losses ignore
/// Errors   shape_error for samples that are not images [C, H, W]; error for a padding that makes no sense
struct crop {
    int padding = 4;
    border beyond = border::constant;
    double fill = 0;
    int fill_class = -100;

    template <class T>
    void operator()(std::span<T> x, shape s, philox_stream& random) const {
        const auto [down, right] = drawn(s, random);
        detail::move_image(x, s, down, right, beyond, fill);
    }
    void move_labels(std::span<std::int32_t> map, shape s, philox_stream& random) const {
        const auto [down, right] = drawn(s, random);
        detail::move_image(map, s, down, right, beyond, fill_class);
    }

  private:
    /// How far the image moves down and to the right.
    [[nodiscard]] std::pair<long long, long long> drawn(const shape& s, philox_stream& random) const {
        detail::check_image(s, "crop");
        if (padding < 0 || (beyond == border::reflect && (padding >= s.d1 || padding >= s.d2)))
            detail::refuse_distance("crop", padding);
        const auto places = static_cast<std::uint64_t>(2LL * padding + 1); // of the window's corner
        const auto top = static_cast<long long>(random.below(places)),
                   left = static_cast<long long>(random.below(places));
        return {padding - top, padding - left};
    }
};

} // namespace strata::inline STRATA_ABI::data
