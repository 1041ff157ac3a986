#pragma once
/// Kernels of conv_transpose and channel_sums over channels-last images: the loops of the gradient to a convolution's
/// input, image by image, and the bias and the function behind it while the image is in the cache.
#include <strata/cpu/product/conv.hpp>
#include <strata/operations/product/conv_transpose.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// y = max(y · factor + shift, floor) of pixels; without a factor y + shift, without a shift y.
template <class T, class Arch>
[[gnu::noinline]] void shift_channels(T* y, const T* factor, const T* shift, T floor, int channels,
                                      std::ptrdiff_t pixels) noexcept {
    const vec<T, Arch> least(floor);
    for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel, y += channels)
        each_register<T, Arch>(channels, [&](std::ptrdiff_t c, int n) {
            vec<T, Arch> sum = load<T, Arch>(y + c, n);
            if (factor != nullptr)
                sum = multiply_add<T, Arch>(sum, load<T, Arch>(factor + c, n), load<T, Arch>(shift + c, n));
            else sum += load<T, Arch>(shift + c, n);
            store<T, Arch>(y + c, at_least<T, Arch>(sum, least), n);
        });
}

template <key K, class Function, class T, class Arch>
struct kernel<operations::conv_transpose::kind, K, Function, T, Arch> {
    static constexpr key back = operations::convolution_back(K);
    static constexpr bool flipped = by_flipped_filters(back, K.lanes);
    static constexpr int scratch = flipped ? geometry_back<back>.template scratch_of_values<T, Arch>()
                                           : geometry_of<back>.template scratch_of_input_gradients<T, Arch>();
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t pixels = positions_of(K.y);
        constexpr T none = -std::numeric_limits<T>::infinity();
        const T* x = c.at[0] + std::ptrdiff_t(c.first) * K.x.size();
        T* y = c.at[K.scaled ? 4 : K.bias ? 3 : 2] + std::ptrdiff_t(c.first) * K.y.size();
        for (int n = c.first; n < c.last; ++n, x += K.x.size(), y += K.y.size()) {
            if constexpr (flipped)
                conv_images<T, Arch>(geometry_back<back>, x, c.at[1], K.bias ? c.at[2] : nullptr, y, 1,
                                     K.scaled ? none : floor_of<Function, T>(), c.scratch);
            else conv_image_input_gradients<T, Arch>(geometry_of<back>, x, c.at[1], y, 1, c.scratch);
            if constexpr (K.scaled)
                shift_channels<T, Arch>(y, c.at[2], c.at[3], floor_of<Function, T>(), K.y.d0, pixels);
            else if constexpr (!flipped && K.bias)
                shift_channels<T, Arch>(y, nullptr, c.at[2], floor_of<Function, T>(), K.y.d0, pixels);
            else if constexpr (!flipped && floor_of<Function, T>() != none)
                each_register<T, Arch>(pixels * K.y.d0, [&](std::ptrdiff_t e, int count) {
                    store<T, Arch>(
                        y + e, at_least<T, Arch>(load<T, Arch>(y + e, count), vec<T, Arch>(floor_of<Function, T>())),
                        count);
                });
            apply_function<Function, T, Arch>(y, std::ptrdiff_t(K.y.size()));
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::channel_sums::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        sum_rows<T, Arch>(c.at[0] + std::ptrdiff_t(c.first) * K.x.size(),
                          std::ptrdiff_t(c.last - c.first) * positions_of(K.x), K.x.d0, c.at[1]);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
