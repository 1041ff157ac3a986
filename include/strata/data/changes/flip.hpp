#pragma once
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/changes/augmented_image.hpp>

#include <cstdint>
#include <span>
#include <utility>

namespace strata::inline STRATA_ABI::data {

/// flip — mirrors an image, left to right, with a probability of one half: a change for `augmented`.
///
///   auto more = data::augmented(train, data::flip{});
///
/// Options  .horizontal (true), .vertical (false): which mirrors are used; each is drawn independently
///          .chance (0.5): the probability
/// Errors   shape_error for samples that are not images [C, H, W]; error for an invalid probability
struct flip {
    bool horizontal = true, vertical = false;
    double chance = 0.5;

    template <class T>
    void operator()(std::span<T> x, shape s, philox_stream& random) const {
        detail::check_image(s, "flip");
        if (!(chance >= 0 && chance <= 1)) detail::refuse_chance("flip");
        const auto rows = static_cast<std::size_t>(s.d1), columns = static_cast<std::size_t>(s.d2);
        // Both are tossed for, whichever is wanted, so that an option more leaves the other's tosses alone.
        const bool across = static_cast<double>(random.uniform()) < chance && horizontal;
        const bool over = static_cast<double>(random.uniform()) < chance && vertical;
        for (std::size_t plane = 0; plane < x.size(); plane += rows * columns) {
            if (across)
                for (std::size_t h = 0; h < rows; ++h)
                    for (std::size_t w = 0; w < columns / 2; ++w)
                        std::swap(x[plane + h * columns + w], x[plane + (h + 1) * columns - 1 - w]);
            if (over)
                for (std::size_t h = 0; h < rows / 2; ++h)
                    for (std::size_t w = 0; w < columns; ++w)
                        std::swap(x[plane + h * columns + w], x[plane + (rows - 1 - h) * columns + w]);
        }
    }
    void move_labels(std::span<std::int32_t> map, shape s, philox_stream& random) const { (*this)(map, s, random); }
};

} // namespace strata::inline STRATA_ABI::data
