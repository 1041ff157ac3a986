#pragma once
#include <strata/data/changes/augmented_image.hpp>
#include <strata/data/views/mixed_pair.hpp>

#include <algorithm>
#include <cmath>

namespace strata::inline STRATA_ABI::data {

/// cutmix<Data> — a view of images with classes, each with a rectangle of another, anew in every pass.
///   t = s · one-hot[i] + (1 − s) · one-hot[j],  s the share of image i's pixels that are left
/// The rectangle has the image's form and a share of 1 − Beta(alpha, alpha) of its area. Its middle is any pixel; what
/// reaches beyond the image is cut off.
///
///   trainer.fit(data::cutmix(train), held_out);     // cross_entropy takes shares of classes
///
/// Sample i has the random j and rectangle that seed, pass and i determine, whatever the threads.
/// Options  alpha (1): 1 makes all areas equally likely
/// Errors   shape_error for samples that are not images [C, H, W]; error for an alpha that makes no sense
/// Source   Yun et al. 2019
template <data_set Data>
    requires labelled<Data>
class cutmix : public detail::mixed_pair<Data> {
  public:
    explicit cutmix(Data data, double alpha = 1) : detail::mixed_pair<Data>(std::move(data), alpha, "cutmix") {
        detail::check_image(this->sample_shape(), "cutmix");
    }

    void read(std::size_t i, key k, std::span<float> x, values& target) const {
        read_as_numbers<float>(i, k, x, target.into);
    }
    void read(std::size_t i, key k, std::span<double> x, double_values& target) const
        requires reads<Data, double>
    {
        read_as_numbers<double>(i, k, x, target.into);
    }

  private:
    template <class T>
    void read_as_numbers(std::size_t i, key k, std::span<T> x, std::span<T> t) const {
        const shape s = this->sample_shape();
        this->template read_pair<T>(i, k, x, t,
                                    [&s](std::span<T> to, std::span<const T> from, philox_stream& random,
                                         double share) { return paste(to, from, s, random, share); });
    }
    template <class T>
    static double paste(std::span<T> to, std::span<const T> from, const shape& s, philox_stream& random, double share) {
        const long long rows = s.d1, columns = s.d2;
        const double side = std::sqrt(1 - share);
        const auto high = static_cast<long long>(side * static_cast<double>(rows)),
                   wide = static_cast<long long>(side * static_cast<double>(columns));
        const long long top = static_cast<long long>(random.below(static_cast<std::uint64_t>(rows))) - high / 2,
                        left = static_cast<long long>(random.below(static_cast<std::uint64_t>(columns))) - wide / 2;
        const long long first_row = std::max(top, 0LL), last_row = std::min(top + high, rows),
                        first = std::max(left, 0LL), last = std::min(left + wide, columns);
        for (std::size_t plane = 0; plane < to.size(); plane += static_cast<std::size_t>(rows * columns))
            for (long long h = first_row; h < last_row; ++h)
                for (long long w = first; w < last; ++w) {
                    const std::size_t at = plane + static_cast<std::size_t>(h * columns + w);
                    to[at] = from[at];
                }
        const auto pasted = static_cast<double>((last_row - first_row) * (last - first));
        return 1 - pasted / static_cast<double>(rows * columns);
    }
};

} // namespace strata::inline STRATA_ABI::data
