#pragma once
/// Kernels of conv and its gradients over channels-last images: accumulated products over contiguous runs, no im2col.
///   x [N, H, W, C], y [N, H', W', F];  w [G, KH·KW·C/G, F/G] in panels;  transposed w [F, KH·KW·C/G], or, flipped,
///   in panels
/// A convolution's extents are run-time numbers here, so all layers of a program share three functions.
#include <strata/cpu/pointwise/elementwise.hpp>
#include <strata/cpu/product/affine.hpp>
#include <strata/cpu/product/conv_input_gradients.hpp>
#include <strata/cpu/product/conv_values.hpp>
#include <strata/cpu/product/conv_weight_gradients.hpp>
#include <strata/operations/product/conv.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// Is there one output, of the whole image? In memory that is an affine of the image's numbers. So is a stream's step.
template <key K>
inline constexpr bool is_affine = [] {
    window whole{.kernel_h = K.x.d1, .kernel_w = K.x.d2};
    whole.stride_h = K.win.stride_h, whole.stride_w = K.win.stride_w;
    return K.groups == 1 && K.y.d1 == 1 && K.y.d2 == 1 && K.win == whole;
}();

template <key K, class Function, class T, class Arch>
struct kernel<operations::conv::kind, K, Function, T, Arch> {
    static constexpr int scratch =
        is_affine<K> && K.one_sample ? 0 : geometry_of<K>.template scratch_of_values<T, Arch>();
    static void run(const call<T>& c) noexcept {
        constexpr T floor = K.scaled ? -std::numeric_limits<T>::infinity() : floor_of<Function, T>();
        T* const y = c.at[K.scaled ? 4 : K.bias ? 3 : 2] + std::ptrdiff_t(c.first) * K.y.size();
        const int images = c.last - c.first;
        if constexpr (is_affine<K>)
            if (images == 1) return as_affine(c.at[0] + std::ptrdiff_t(c.first) * K.x.size(), c, y);
        conv_images<T, Arch>(geometry_of<K>, c.at[0] + std::ptrdiff_t(c.first) * K.x.size(), c.at[1],
                             K.bias ? c.at[2] : nullptr, y, images, floor, c.scratch);
        if constexpr (K.scaled) scale(y, c.at[2], c.at[3], std::ptrdiff_t(images) * positions_of(K.y));
        apply_function<Function, T, Arch>(y, images * std::ptrdiff_t(K.y.size()));
    }

  private:
    static void as_affine(const T* x, const call<T>& c, T* y) noexcept {
        constexpr int in = static_cast<int>(K.x.size()), out = K.y.d0;
        constexpr T floor = K.scaled ? -std::numeric_limits<T>::infinity() : floor_of<Function, T>();
        const T* const bias = K.bias ? c.at[2] : nullptr;
        if constexpr (K.one_sample && !K.scaled && is_small_affine(in, out)) {
            small_affine<in, out, Function, T, Arch>(x, c.at[1], bias, y);
        } else {
            affine_value<T, Arch>(x, c.at[1], bias, y, in, out, floor);
            if constexpr (K.scaled) scale(y, c.at[2], c.at[3], 1);
            apply_function<Function, T, Arch>(y, out);
        }
    }
    static void scale(T* y, const T* factor, const T* shift, std::ptrdiff_t pixels) {
        const vec<T, Arch> floor(floor_of<Function, T>());
        for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel, y += K.y.d0)
            each_register<T, Arch>(K.y.d0, [&](std::ptrdiff_t o, int n) {
                const auto scaled = multiply_add<T, Arch>(load<T, Arch>(y + o, n), load<T, Arch>(factor + o, n),
                                                          load<T, Arch>(shift + o, n));
                store<T, Arch>(y + o, at_least<T, Arch>(scaled, floor), n);
            });
    }
};

template <key K, class Function, class T, class Arch>
struct kernel<operations::conv_input_gradient::kind, K, Function, T, Arch> {
    static constexpr int scratch = by_flipped_filters(K, K.lanes)
                                       ? geometry_back<K>.template scratch_of_values<T, Arch>()
                                       : geometry_of<K>.template scratch_of_input_gradients<T, Arch>();
    static void run(const call<T>& c) noexcept {
        const T* const dy = c.at[0] + std::ptrdiff_t(c.first) * K.y.size();
        T* const dx = c.at[2] + std::ptrdiff_t(c.first) * K.x.size();
        if constexpr (by_flipped_filters(K, K.lanes))
            conv_images<T, Arch>(geometry_back<K>, dy, c.at[1], nullptr, dx, c.last - c.first,
                                 -std::numeric_limits<T>::infinity(), c.scratch);
        else conv_image_input_gradients<T, Arch>(geometry_of<K>, dy, c.at[1], dx, c.last - c.first, c.scratch);
    }
};

template <key K, class Function, class T, class Arch>
struct kernel<operations::conv_weight_gradient::kind, K, Function, T, Arch> {
    static constexpr int scratch = geometry_of<K>.template scratch_of_weight_gradients<T, Arch>();
    static void run(const call<T>& c) noexcept {
        conv_image_weight_gradients<T, Arch>(geometry_of<K>, c.at[0] + std::ptrdiff_t(c.first) * K.x.size(),
                                             c.at[1] + std::ptrdiff_t(c.first) * K.y.size(), c.at[2],
                                             K.bias ? c.at[3] : nullptr, c.last - c.first, c.scratch);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
