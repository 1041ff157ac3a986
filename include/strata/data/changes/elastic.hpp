#pragma once
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/changes/random_normal.hpp>
#include <strata/data/changes/warp_image.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// elastic — bends an image smoothly, as if it were on rubber: a change for `augmented`.
/// Random vectors stand on a coarse grid over the image; between them each pixel's displacement is interpolated by
/// cubics. A label map is bent with it, by the nearest pixel.
///
///   auto more = data::augmented(cells, data::elastic{.distance = 10});    // U-Net's, for images of 512 x 512
///
/// Options  .distance (2): the deviation of the vectors' parts, in pixels;  .grid (3): vectors in each direction
///          .beyond (border::reflect): what appears at the border;  .fill (0): the constant of border::constant;
///          .fill_class (−100): that of a label map, which losses ignore
/// Errors   shape_error for samples that are not images [C, H, W]; error for options that make no sense
/// Source   Simard, Steinkraus & Platt 2003; Ronneberger, Fischer & Brox 2015
struct elastic {
    double distance = 2;
    int grid = 3;
    border beyond = border::reflect;
    double fill = 0;
    int fill_class = -100;

    template <class T>
    void operator()(std::span<T> x, shape s, philox_stream& random) const {
        detail::warp_image(x, s, beyond, fill, displacements(s, *this, random));
    }
    void move_labels(std::span<std::int32_t> map, shape s, philox_stream& random) const {
        detail::warp_labels(map, s, beyond, fill_class, displacements(s, *this, random));
    }

  private:
    class displacements {
      public:
        displacements(const shape& s, const elastic& of, philox_stream& random)
            : grid_(of.grid), rows_(s.d1 > 1 ? s.d1 - 1 : 1), columns_(s.d2 > 1 ? s.d2 - 1 : 1) {
            detail::check_image(s, "elastic");
            if (!(of.distance >= 0 && of.distance <= 1e6) || of.grid < 2 || of.grid > 1000)
                detail::refuse_limits("elastic", "grid or distance", "2 to 1000 vectors of 0 to 1e6 pixels");
            vectors_.resize(static_cast<std::size_t>(grid_) * static_cast<std::size_t>(grid_));
            for (detail::image_place& v : vectors_) {
                v.row = of.distance * detail::random_normal(random);
                v.column = of.distance * detail::random_normal(random);
            }
        }
        detail::image_place operator()(long long h, long long w) const {
            const cubic down(static_cast<double>(h) / rows_ * (grid_ - 1)),
                across(static_cast<double>(w) / columns_ * (grid_ - 1));
            detail::image_place at{static_cast<double>(h), static_cast<double>(w)};
            for (int i = 0; i < 4; ++i)
                for (int j = 0; j < 4; ++j) {
                    const double share = down.weights[i] * across.weights[j];
                    const detail::image_place& v =
                        vectors_[static_cast<std::size_t>(within(down.first + i) * grid_ + within(across.first + j))];
                    at.row += share * v.row, at.column += share * v.column;
                }
            return at;
        }

      private:
        /// Weights of the four vectors around a place (Catmull & Rom 1974); at a vector its alone.
        struct cubic {
            int first;
            double weights[4];
            explicit cubic(double at) : first(static_cast<int>(at) - 1) {
                const double t = at - static_cast<double>(first + 1);
                weights[0] = ((-0.5 * t + 1) * t - 0.5) * t;
                weights[1] = (1.5 * t - 2.5) * t * t + 1;
                weights[2] = ((-1.5 * t + 2) * t + 0.5) * t;
                weights[3] = (0.5 * t - 0.5) * t * t;
            }
        };
        [[nodiscard]] int within(int i) const { return i < 0 ? 0 : i < grid_ ? i : grid_ - 1; }

        int grid_;
        double rows_, columns_;
        std::vector<detail::image_place> vectors_;
    };
};

} // namespace strata::inline STRATA_ABI::data
