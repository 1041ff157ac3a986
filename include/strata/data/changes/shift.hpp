#pragma once
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/changes/augmented_image.hpp>

#include <cstdint>
#include <span>
#include <utility>

namespace strata::inline STRATA_ABI::data {

/// shift — moves an image by whole pixels, by a random distance within limits: a change for `augmented`.
///
///   auto more = data::augmented(train, data::shift{.rows = 2, .columns = 2});
///
/// Options  .rows, .columns (2): the largest distance, up or down, and left or right
///          .beyond (border::constant): what appears at the border;  .fill (0): that constant, in the units of the
///          data at this point, so that 0 is the mean where they are normalised;  .fill_class (−100): that of a label
///          map, which losses ignore
/// Errors   shape_error for samples that are not images [C, H, W]; error for distances that make no sense
struct shift {
    int rows = 2, columns = 2;
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
    [[nodiscard]] std::pair<long long, long long> drawn(const shape& s, philox_stream& random) const {
        detail::check_image(s, "shift");
        if (rows < 0 || (beyond == border::reflect && rows >= s.d1)) detail::refuse_distance("shift", rows);
        if (columns < 0 || (beyond == border::reflect && columns >= s.d2)) detail::refuse_distance("shift", columns);
        const auto within = [&](long long most) {
            return static_cast<long long>(random.below(static_cast<std::uint64_t>(2 * most + 1))) - most;
        };
        const long long down = within(rows), right = within(columns);
        return {down, right};
    }
};

} // namespace strata::inline STRATA_ABI::data
