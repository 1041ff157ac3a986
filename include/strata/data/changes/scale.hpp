#pragma once
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/changes/random_normal.hpp>
#include <strata/data/changes/warp_image.hpp>

#include <cstdint>
#include <span>

namespace strata::inline STRATA_ABI::data {

/// scale — enlarges or shrinks what an image shows by a random factor within limits: a change for `augmented`.
/// The image keeps its size: its middle is enlarged, or a border appears around it. A label map is scaled with it.
///
///   auto more = data::augmented(train, data::scale{.smallest = 0.8, .largest = 1.2});
///
/// Options  .smallest (0.9), .largest (1.1): the limits of the factor
///          .beyond (border::constant): what appears around a smaller image;  .fill (0): that constant, in the units of
///          the data at this point;  .fill_class (−100): that of a label map, which losses ignore
/// Errors   shape_error for samples that are not images [C, H, W]; error for factors that make no sense
struct scale {
    double smallest = 0.9, largest = 1.1;
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
        detail::check_image(s, "scale");
        if (!(smallest > 0.001 && smallest <= largest && largest <= 1000))
            detail::refuse_limits("scale", "factor", "0.001 to 1000, the smallest below the largest");
        return {s, 0, detail::random_uniform(random, smallest, largest)};
    }
};

} // namespace strata::inline STRATA_ABI::data
