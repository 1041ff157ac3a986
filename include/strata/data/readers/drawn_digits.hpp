#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/random/seed.hpp>
#include <strata/data/in_memory.hpp>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// The origin() of generated digits, so that a program that prints it cannot pass them off as MNIST.
inline constexpr const char* drawn_digits_origin = "drawn digits (a stand-in: MNIST was not found)";

namespace detail {

struct pen {
    float x, y; ///< in the digit's unit box, y downwards
};
/// Each digit is one polyline; the curves are coarse because jitter and a thick pen round them.
inline constexpr pen digit_0[] = {{.5f, .02f},  {.3f, .1f},  {.18f, .32f}, {.17f, .6f}, {.27f, .88f}, {.5f, .98f},
                                  {.73f, .88f}, {.83f, .6f}, {.82f, .32f}, {.7f, .1f},  {.5f, .02f}};
inline constexpr pen digit_1[] = {{.34f, .22f}, {.54f, .02f}, {.54f, .98f}};
inline constexpr pen digit_2[] = {{.2f, .26f},  {.3f, .08f},  {.5f, .02f}, {.72f, .1f},
                                  {.78f, .28f}, {.68f, .48f}, {.2f, .97f}, {.82f, .97f}};
inline constexpr pen digit_3[] = {{.22f, .12f}, {.45f, .02f}, {.7f, .1f}, {.74f, .28f}, {.6f, .44f}, {.42f, .48f},
                                  {.66f, .54f}, {.78f, .72f}, {.7f, .9f}, {.45f, .98f}, {.2f, .88f}};
inline constexpr pen digit_4[] = {{.66f, .98f}, {.66f, .02f}, {.18f, .66f}, {.86f, .66f}};
inline constexpr pen digit_5[] = {{.76f, .03f}, {.3f, .03f},  {.26f, .45f}, {.5f, .38f}, {.74f, .5f},
                                  {.78f, .72f}, {.66f, .92f}, {.42f, .98f}, {.2f, .88f}};
inline constexpr pen digit_6[] = {{.68f, .04f}, {.42f, .2f},  {.26f, .5f},  {.24f, .75f}, {.36f, .95f}, {.58f, .97f},
                                  {.74f, .82f}, {.72f, .62f}, {.55f, .52f}, {.36f, .58f}, {.25f, .72f}};
inline constexpr pen digit_7[] = {{.2f, .04f}, {.8f, .04f}, {.55f, .5f}, {.42f, .98f}};
inline constexpr pen digit_8[] = {{.5f, .48f},  {.3f, .36f},  {.28f, .15f}, {.5f, .02f},  {.72f, .15f},
                                  {.7f, .36f},  {.5f, .48f},  {.26f, .64f}, {.24f, .86f}, {.5f, .98f},
                                  {.76f, .86f}, {.74f, .64f}, {.5f, .48f}};
inline constexpr pen digit_9[] = {{.74f, .3f},  {.62f, .46f}, {.42f, .48f}, {.27f, .34f}, {.28f, .14f},
                                  {.45f, .02f}, {.66f, .06f}, {.74f, .3f},  {.7f, .65f},  {.55f, .98f}};
struct glyph {
    const pen* points;
    int count;
};
template <unsigned N>
constexpr glyph glyph_of(const pen (&points)[N]) {
    return {points, static_cast<int>(N)};
}
inline constexpr glyph glyphs[] = {glyph_of(digit_0), glyph_of(digit_1), glyph_of(digit_2), glyph_of(digit_3),
                                   glyph_of(digit_4), glyph_of(digit_5), glyph_of(digit_6), glyph_of(digit_7),
                                   glyph_of(digit_8), glyph_of(digit_9)};

/// Inks the segment a–b with a round pen into a 28 x 28 image; where strokes cross, the darker one stays.
[[gnu::cold]] inline void ink(float (&image)[28 * 28], pen a, pen b, float radius) {
    const float reach = radius + 1;
    const auto from = [](float v) { return v < 0 ? 0 : static_cast<int>(v); };
    const auto to = [](float v) { return v > 27 ? 27 : static_cast<int>(v); };
    const float dx = b.x - a.x, dy = b.y - a.y;
    const float squared = dx * dx + dy * dy + 1e-6f; // a point is a segment too
    for (int y = from((a.y < b.y ? a.y : b.y) - reach); y <= to((a.y > b.y ? a.y : b.y) + reach); ++y)
        for (int x = from((a.x < b.x ? a.x : b.x) - reach); x <= to((a.x > b.x ? a.x : b.x) + reach); ++x) {
            const float px = static_cast<float>(x) - a.x, py = static_cast<float>(y) - a.y;
            float along = (px * dx + py * dy) / squared;
            along = along < 0 ? 0 : along > 1 ? 1 : along;
            const float ex = px - along * dx, ey = py - along * dy;
            float dark = radius + 0.5f - std::sqrt(ex * ex + ey * ey); // one pixel of soft edge
            dark = dark < 0 ? 0 : dark > 1 ? 1 : dark;
            float& pixel = image[y * 28 + x];
            if (dark > pixel) pixel = dark;
        }
}

} // namespace detail

/// Draws one digit, 28 x 28 bytes, 255 = ink: a pure function of (digit, seed, index). Rotation, slant, size, position,
/// pen, darkness and each point of the stroke vary, and a little noise is added.
[[gnu::cold]] inline void draw_digit(int digit, seed s, std::uint64_t index, std::span<std::uint8_t, 28 * 28> pixels) {
    philox_stream random{s, random_use::drawing, index};
    const float turn = random.uniform(-0.25f, 0.25f), slant = random.uniform(-0.3f, 0.3f);
    const float wide = random.uniform(14, 20), high = random.uniform(17, 22);
    const float left = random.uniform(-2, 2), up = random.uniform(-2, 2);
    const float radius = random.uniform(0.8f, 1.7f), darkness = random.uniform(180, 255);
    const float c = std::cos(turn), sn = std::sin(turn);
    const auto place = [&](detail::pen p) {
        const float x = (p.x - 0.5f + random.uniform(-0.03f, 0.03f)) * wide;
        const float y = (p.y - 0.5f + random.uniform(-0.03f, 0.03f)) * high;
        const float slanted = x - slant * y;
        return detail::pen{13.5f + left + c * slanted - sn * y, 13.5f + up + sn * slanted + c * y};
    };
    float image[28 * 28]{};
    const detail::glyph glyph = detail::glyphs[digit];
    detail::pen last = place(glyph.points[0]);
    for (int p = 1; p < glyph.count; ++p) {
        const detail::pen next = place(glyph.points[p]);
        detail::ink(image, last, next, radius);
        last = next;
    }
    for (std::size_t i = 0; i < 28 * 28; ++i) {
        const float noisy = image[i] * darkness + random.uniform(-12, 12);
        pixels[i] = static_cast<std::uint8_t>(noisy < 0 ? 0 : noisy > 255 ? 255 : noisy);
    }
}

/// drawn_digits(n, seed, scaling) — n generated images of digits, equally many of each class: a stand-in for MNIST.
/// It is always available for a first run. Samples are image<1, 28, 28>; sample i is a (i mod 10). Same seed, same
/// binary, same digits.
[[nodiscard, gnu::cold]] inline in_memory<class_index> drawn_digits(std::size_t n, seed s, scaling scale) {
    contents all;
    all.sample = shape(1, 28, 28);
    all.bytes = std::vector<std::uint8_t>(n * 28 * 28);
    all.labels = std::vector<int>(n);
    for (std::size_t i = 0; i < n; ++i) {
        all.labels[i] = static_cast<int>(i % 10);
        draw_digit(all.labels[i], s, i, std::span<std::uint8_t, 28 * 28>(all.bytes.data() + i * 28 * 28, 28 * 28));
    }
    all.scale = scale;
    all.classes = 10;
    all.origin = drawn_digits_origin;
    return in_memory<class_index>(std::move(all));
}

} // namespace strata::inline STRATA_ABI::data
