#pragma once
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/changes/augmented_image.hpp>
#include <strata/data/changes/random_normal.hpp>

#include <cstddef>
#include <span>

namespace strata::inline STRATA_ABI::data {

/// colour_jitter — changes brightness, contrast and saturation by random factors: a change for `augmented`.
/// In PyTorch it is ColorJitter(brightness, contrast, saturation), here always in this order.
///   brightness: x · f;  contrast: m + (x − m) · f, m the image's mean grey;
///   saturation: g + (x − g) · f, g the pixel's grey
/// An image of one channel is its own grey; of three it is 0.299 red + 0.587 green + 0.114 blue; of others the
/// mean over the channels.
///
///   auto more = data::augmented(train, data::colour_jitter{.saturation = 0.4});
///
/// Options  .brightness (0.2), .contrast (0.2), .saturation (0.2): each factor is from 1 − that, or 0, to 1 + that
///          .lowest (0), .highest (1): the range that results are kept in, in the units of the data at this point,
///          where 0 is black. Jitter before data are normalised.
/// Errors   shape_error for samples that are not images [C, H, W]; error for options that make no sense
struct colour_jitter {
    static constexpr bool keeps_positions = true;
    double brightness = 0.2, contrast = 0.2, saturation = 0.2;
    double lowest = 0, highest = 1;

    template <class T>
    void operator()(std::span<T> x, shape s, philox_stream& random) const {
        detail::check_image(s, "colour_jitter");
        if (!(lowest <= highest)) detail::refuse_limits("colour_jitter", "range", "lowest to highest");
        const double bright = factor(brightness, random), sharp = factor(contrast, random),
                     colourful = factor(saturation, random);
        const std::size_t pixels = static_cast<std::size_t>(s.d1) * static_cast<std::size_t>(s.d2);
        for (T& v : x) v = kept<T>(bright * static_cast<double>(v));
        double mean = 0;
        for (std::size_t p = 0; p < pixels; ++p) mean += grey(x, pixels, p);
        mean /= static_cast<double>(pixels);
        for (T& v : x) v = kept<T>(mean + sharp * (static_cast<double>(v) - mean));
        if (s.d0 == 1) return;
        for (std::size_t p = 0; p < pixels; ++p) {
            const double g = grey(x, pixels, p);
            for (std::size_t at = p; at < x.size(); at += pixels)
                x[at] = kept<T>(g + colourful * (static_cast<double>(x[at]) - g));
        }
    }

  private:
    [[nodiscard]] static double factor(double limit, philox_stream& random) {
        if (!(limit >= 0 && limit <= 1e6))
            detail::refuse_limits("colour_jitter", "brightness, contrast or saturation", "0 on");
        return detail::random_uniform(random, limit < 1 ? 1 - limit : 0, 1 + limit);
    }
    template <class T>
    [[nodiscard]] T kept(double v) const {
        return static_cast<T>(v < lowest ? lowest : v > highest ? highest : v);
    }
    template <class T>
    [[nodiscard]] static double grey(std::span<T> x, std::size_t pixels, std::size_t p) {
        const std::size_t channels = x.size() / pixels;
        if (channels == 3)
            return 0.299 * static_cast<double>(x[p]) + 0.587 * static_cast<double>(x[pixels + p])
                   + 0.114 * static_cast<double>(x[2 * pixels + p]);
        double sum = 0;
        for (std::size_t at = p; at < x.size(); at += pixels) sum += static_cast<double>(x[at]);
        return sum / static_cast<double>(channels);
    }
};

} // namespace strata::inline STRATA_ABI::data
