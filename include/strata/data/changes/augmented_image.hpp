#pragma once
/// What the changes of images for `augmented` share: flip, crop, shift and others.
#include <strata/base/error.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// What an image has beyond its border.
enum class border {
    constant, ///< one number, the option .fill
    edge,     ///< the nearest pixel
    reflect   ///< the image in a mirror that stands on its outermost pixels, so that these are not repeated
};

namespace detail {

[[gnu::cold, gnu::noinline, noreturn]] inline void refuse_no_image(const shape& s, const char* what) {
    raise<shape_error>(sentence({"strata: ", what, " needs images [C, H, W], but a sample here has ", s.size(),
                                 " elements and ", s.rank, s.rank == 1 ? " extent" : " extents",
                                 ". Leave it out, or give the samples an image shape."}));
}
inline void check_image(const shape& s, const char* what) {
    if (s.rank != 3) refuse_no_image(s, what);
}
[[gnu::cold, gnu::noinline, noreturn]] inline void refuse_chance(const char* what) {
    raise(sentence({"strata: the chance of ", what, " must be between 0 and 1."}));
}
[[gnu::cold, gnu::noinline, noreturn]] inline void refuse_distance(const char* what, long long most) {
    raise(sentence({"strata: ", what, " cannot move images by up to ", most,
                    " pixels. Use 0 or more; with a reflecting border, less than the image size."}));
}

[[gnu::cold, gnu::noinline, noreturn]] inline void refuse_limits(const char* what, const char* option,
                                                                 const char* needs) {
    raise(sentence({"strata: the ", option, " of ", what, " makes no sense. Use numbers from ", needs, "."}));
}

/// The place in 0 … n − 1 that stands for place i of a row, −1 where none does.
[[nodiscard]] inline long long place_within(long long i, long long n, border beyond) {
    if (i >= 0 && i < n) return i;
    if (beyond == border::constant) return -1;
    if (beyond == border::edge) return i < 0 ? 0 : n - 1;
    return i < 0 ? -i : 2 * (n - 1) - i;
}

/// Moves an image by `down` rows and `right` columns.
template <class T>
void move_image(std::span<T> x, const shape& s, long long down, long long right, border beyond, double fill) {
    if (down == 0 && right == 0) return;
    const long long rows = s.d1, columns = s.d2;
    const std::vector<T> before(x.begin(), x.end());
    for (std::size_t plane = 0; plane < x.size(); plane += static_cast<std::size_t>(rows * columns))
        for (long long h = 0; h < rows; ++h)
            for (long long w = 0; w < columns; ++w) {
                const long long from_h = place_within(h - down, rows, beyond),
                                from_w = place_within(w - right, columns, beyond);
                x[plane + static_cast<std::size_t>(h * columns + w)] =
                    from_h < 0 || from_w < 0 ? static_cast<T>(fill)
                                             : before[plane + static_cast<std::size_t>(from_h * columns + from_w)];
            }
}

} // namespace detail

} // namespace strata::inline STRATA_ABI::data
