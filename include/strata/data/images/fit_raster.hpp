#pragma once
/// fit_raster(picture, height, width) — the picture scaled until it covers height x width, and the middle of that.
///   y[i] = sum_j w[j] · x[j] / sum_j w[j],  w[j] = max(0, 1 − |(j + 1/2) − (i + 1/2) · s| / max(s, 1))
/// in either direction, s pixels there for each pixel here: linear interpolation where it grows, and a mean over all
/// pixels where it shrinks, so that nothing flickers. Torchvision's Resize and CenterCrop, and Pillow's BILINEAR, up to
/// rounding.
#include <strata/data/images/raster.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace strata::inline STRATA_ABI::data {

namespace detail {

/// `lines` lines of `from` numbers, each scaled to `covered` pixels, of which the middle `to` are kept. The result
/// is turned: those of all lines first, so that a second call scales the other direction.
[[gnu::cold]] inline std::vector<float> scaled(const std::vector<float>& x, std::size_t lines, int from,
                                               long long covered, int to) {
    std::vector<float> y(static_cast<std::size_t>(to) * lines);
    const double s = static_cast<double>(from) / static_cast<double>(covered), reach = std::max(s, 1.0);
    const auto first = static_cast<double>((covered - to) / 2);
    for (int i = 0; i < to; ++i) {
        const double centre = (i + first + 0.5) * s;
        const int begin = std::max(0, static_cast<int>(std::floor(centre - reach))),
                  end = std::min(from, static_cast<int>(std::ceil(centre + reach)));
        double sum = 0;
        std::vector<double> w;
        for (int j = begin; j < end; ++j)
            w.push_back(std::max(0.0, 1 - std::fabs(j + 0.5 - centre) / reach)), sum += w.back();
        for (std::size_t line = 0; line < lines; ++line) {
            double mean = 0;
            for (int j = begin; j < end; ++j)
                mean += w[static_cast<std::size_t>(j - begin)]
                        * static_cast<double>(x[line * static_cast<std::size_t>(from) + static_cast<std::size_t>(j)]);
            y[static_cast<std::size_t>(i) * lines + line] = static_cast<float>(mean / sum);
        }
    }
    return y;
}

} // namespace detail

[[nodiscard, gnu::cold]] inline raster fit_raster(const raster& picture, int height, int width) {
    if (picture.height == height && picture.width == width) return picture;
    const double scale =
        std::max(static_cast<double>(height) / picture.height, static_cast<double>(width) / picture.width);
    const long long covered_height = std::max<long long>(height, std::llround(picture.height * scale)),
                    covered_width = std::max<long long>(width, std::llround(picture.width * scale));
    raster y{picture.channels, height, width, {}};
    for (int c = 0; c < picture.channels; ++c) {
        const auto plane = picture.bytes.begin() + static_cast<std::ptrdiff_t>(picture.plane()) * c;
        std::vector<float> x(plane, plane + static_cast<std::ptrdiff_t>(picture.plane()));
        x = detail::scaled(x, static_cast<std::size_t>(picture.height), picture.width, covered_width, width);
        x = detail::scaled(x, static_cast<std::size_t>(width), picture.height, covered_height, height);
        for (const float v : x) y.bytes.push_back(static_cast<std::uint8_t>(std::lround(v)));
    }
    return y;
}

} // namespace strata::inline STRATA_ABI::data
