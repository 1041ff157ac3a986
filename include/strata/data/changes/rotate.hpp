#pragma once
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/changes/random_normal.hpp>
#include <strata/data/changes/warp_image.hpp>

#include <cstdint>
#include <span>

namespace strata::inline STRATA_ABI::data {

/// rotate — turns an image about its middle by a random angle within limits: a change for `augmented`.
/// Pixels are interpolated between the four around each place. A label map turns with it, by the nearest pixel.
///
///   auto more = data::augmented(train, data::rotate{.degrees = 10, .beyond = data::border::reflect});
///
/// Options  .degrees (15): the largest angle, in either direction
///          .beyond (border::constant): what appears at the corners;  .fill (0): that constant, in the units of the
///          data at this point;  .fill_class (−100): that of a label map, which losses ignore
/// Errors   shape_error for samples that are not images [C, H, W]; error for angles that make no sense
struct rotate {
    double degrees = 15;
    border beyond = border::constant;
    double fill = 0;
    int fill_class = -100;

    template <class T>
    void operator()(std::span<T> x, shape s, philox_stream& random) const {
        detail::warp_image(x, s, beyond, fill, drawn(s, random));
    }
    void move_labels(std::span<std::int32_t> map, shape s, philox_stream& random) const {
        detail::warp_labels(map, s, beyond, fill_class, drawn(s, random));
    }

  private:
    [[nodiscard]] detail::turned_and_scaled drawn(const shape& s, philox_stream& random) const {
        detail::check_image(s, "rotate");
        if (!(degrees >= 0 && degrees <= 360)) detail::refuse_limits("rotate", "angle", "0 to 360 degrees");
        const double angle = detail::random_uniform(random, -degrees, degrees);
        return {s, angle * (3.141592653589793 / 180), 1};
    }
};

} // namespace strata::inline STRATA_ABI::data
