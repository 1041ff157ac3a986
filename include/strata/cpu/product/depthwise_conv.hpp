#pragma once
/// Kernels of depthwise_conv and its gradients over channels-last images: registers hold channels.
///   x [N, H, W, C], y [N, H', W', C];  w [KH·KW, C] in panels
/// Extents are run-time numbers, so that layers share functions: one for each width of a kernel that is special.
#include <strata/cpu/product/depthwise/depthwise_values.hpp>
#include <strata/cpu/product/depthwise/depthwise_weight_gradients.hpp>
#include <strata/cpu/sum_rows.hpp>
#include <strata/operations/product/depthwise_conv.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

template <key K>
struct depthwise_facts {
    static constexpr depthwise_taps rows =
        depthwise_taps::forward(K.win.kernel_h, K.x.d1, K.y.d1, K.win.stride_h, K.win.dilation_h, K.win.top);
    static constexpr depthwise_taps columns =
        depthwise_taps::forward(K.win.kernel_w, K.x.d2, K.y.d2, K.win.stride_w, K.win.dilation_w, K.win.left);
    static constexpr depthwise_taps rows_back =
        depthwise_taps::back(K.win.kernel_h, K.y.d1, K.x.d1, K.win.stride_h, K.win.dilation_h, K.win.top);
    static constexpr depthwise_taps columns_back =
        depthwise_taps::back(K.win.kernel_w, K.y.d2, K.x.d2, K.win.stride_w, K.win.dilation_w, K.win.left);
    /// Of kernels whose neighbouring outputs share columns.
    static constexpr bool shares =
        K.win.dilation_w == 1 && K.win.kernel_w > K.win.stride_w&& K.win.kernel_w <= 7 && K.win.stride_w <= 2;
    static constexpr int width = shares ? K.win.kernel_w : 0, stride = shares ? K.win.stride_w : 1;
    static constexpr int width_back = shares && K.win.stride_w == 1 ? K.win.kernel_w : 0;
    static constexpr bool nine = shares && K.win.kernel_h == 3 && K.win.kernel_w == 3 && K.win.dilation_h == 1;
};

template <key K, class Function, class T, class Arch>
struct kernel<operations::depthwise_conv::kind, K, Function, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using facts = depthwise_facts<K>;
        depthwise_ends<T> ends;
        ends.floor = floor_of<Function, T>();
        if constexpr (K.scaled) ends.factor = c.at[2], ends.shift = c.at[3];
        else if constexpr (K.bias) ends.shift = c.at[2];
        const T* x = c.at[0] + std::ptrdiff_t(c.first) * K.x.size();
        T* y = c.at[K.scaled ? 4 : K.bias ? 3 : 2] + std::ptrdiff_t(c.first) * K.y.size();
        for (int n = c.first; n < c.last; ++n, x += K.x.size(), y += K.y.size()) {
            depthwise_image<facts::width, facts::stride, T, Arch>(facts::rows, facts::columns, K.x.d0, x, c.at[1], y,
                                                                  ends);
            apply_function<Function, T, Arch>(y, std::ptrdiff_t(K.y.size()));
        }
    }
};

template <key K, class Function, class T, class Arch>
struct kernel<operations::depthwise_input_gradient::kind, K, Function, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using facts = depthwise_facts<K>;
        const T* dy = c.at[0] + std::ptrdiff_t(c.first) * K.y.size();
        T* dx = c.at[2] + std::ptrdiff_t(c.first) * K.x.size();
        const depthwise_ends<T> none;
        for (int n = c.first; n < c.last; ++n, dy += K.y.size(), dx += K.x.size())
            depthwise_image<facts::width_back, 1, T, Arch>(facts::rows_back, facts::columns_back, K.x.d0, dy, c.at[1],
                                                           dx, none);
    }
};

template <key K, class Function, class T, class Arch>
struct kernel<operations::depthwise_weight_gradient::kind, K, Function, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using facts = depthwise_facts<K>;
        const T *x = c.at[0] + std::ptrdiff_t(c.first) * K.x.size(),
                *dy = c.at[1] + std::ptrdiff_t(c.first) * K.y.size();
        T* const dw = c.at[2];
        each_register<T, Arch>(std::ptrdiff_t(K.win.kernel_h) * K.win.kernel_w * padded_to(K.x.d0, K.lanes),
                               [&](std::ptrdiff_t e, int n) { store<T, Arch>(dw + e, vec<T, Arch>(T(0)), n); });
        if constexpr (K.bias)
            sum_rows<T, Arch>(dy, std::ptrdiff_t(c.last - c.first) * positions_of(K.y), K.y.d0, c.at[3]);
        for (int n = c.first; n < c.last; ++n, x += K.x.size(), dy += K.y.size())
            depthwise_image_weight_gradients<facts::nine ? K.win.stride_w : 0, T, Arch>(windows_of<K>, x, dy, dw);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
