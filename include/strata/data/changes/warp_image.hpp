#pragma once
/// What the changes that bend images share: rotate, scale and elastic. Each pixel of the result comes from a place in
/// the image that stands between pixels: interpolated there, or, in a map of labels, the nearest one's.
#include <strata/base/shape.hpp>
#include <strata/data/changes/augmented_image.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace strata::inline STRATA_ABI::data::detail {

/// A place in an image, in pixels: the middle of the first is (0, 0).
struct image_place {
    double row = 0, column = 0;
};

/// As place_within, however far from the image.
[[nodiscard]] inline long long place_beyond(long long i, long long n, border beyond) {
    if (beyond != border::reflect) return place_within(i, n, beyond);
    if (n == 1) return 0;
    const long long period = 2 * (n - 1), at = (i % period + period) % period;
    return at < n ? at : period - at;
}

/// x[h, w] = its image at from(h, w), between the four pixels around it.
template <class T, class From>
void warp_image(std::span<T> x, const shape& s, border beyond, double fill, const From& from) {
    const std::vector<T> before(x.begin(), x.end());
    const long long rows = s.d1, columns = s.d2, pixels = rows * columns;
    for (long long h = 0; h < rows; ++h)
        for (long long w = 0; w < columns; ++w) {
            const image_place at = from(h, w);
            const double top = std::floor(at.row), left = std::floor(at.column);
            const double down = at.row - top, right = at.column - left;
            const auto row = static_cast<long long>(top), column = static_cast<long long>(left);
            const long long r[] = {place_beyond(row, rows, beyond), place_beyond(row + 1, rows, beyond)};
            const long long c[] = {place_beyond(column, columns, beyond), place_beyond(column + 1, columns, beyond)};
            const double share[2][2] = {{(1 - down) * (1 - right), (1 - down) * right},
                                        {down * (1 - right), down * right}};
            for (std::size_t plane = 0; plane < x.size(); plane += static_cast<std::size_t>(pixels)) {
                double sum = 0;
                for (int i = 0; i < 2; ++i)
                    for (int j = 0; j < 2; ++j)
                        if (share[i][j] != 0)
                            sum += share[i][j]
                                   * (r[i] < 0 || c[j] < 0
                                          ? fill
                                          : static_cast<double>(
                                                before[plane + static_cast<std::size_t>(r[i] * columns + c[j])]));
                x[plane + static_cast<std::size_t>(h * columns + w)] = static_cast<T>(sum);
            }
        }
}
/// The same of a map of labels, which have no middle between them.
template <class From>
void warp_labels(std::span<std::int32_t> map, const shape& s, border beyond, int fill_class, const From& from) {
    const std::vector<std::int32_t> before(map.begin(), map.end());
    const long long rows = s.d1, columns = s.d2;
    for (long long h = 0; h < rows; ++h)
        for (long long w = 0; w < columns; ++w) {
            const image_place at = from(h, w);
            const long long r = place_beyond(static_cast<long long>(std::floor(at.row + 0.5)), rows, beyond),
                            c = place_beyond(static_cast<long long>(std::floor(at.column + 0.5)), columns, beyond);
            map[static_cast<std::size_t>(h * columns + w)] =
                r < 0 || c < 0 ? fill_class : before[static_cast<std::size_t>(r * columns + c)];
        }
}

/// Turned by an angle and scaled by a factor, about the image's middle.
class turned_and_scaled {
  public:
    turned_and_scaled(const shape& s, double radians, double factor)
        : row_(0.5 * (s.d1 - 1)), column_(0.5 * (s.d2 - 1)), cosine_(std::cos(radians) / factor),
          sine_(std::sin(radians) / factor) {}
    image_place operator()(long long h, long long w) const {
        const double down = static_cast<double>(h) - row_, right = static_cast<double>(w) - column_;
        return {row_ + cosine_ * down + sine_ * right, column_ + cosine_ * right - sine_ * down};
    }

  private:
    double row_, column_, cosine_, sine_;
};

} // namespace strata::inline STRATA_ABI::data::detail
