#pragma once
/// Kernels of affine and its gradients: products over weights that lie [F, U], U padded to the lanes.
#include <strata/cpu/elementwise.hpp>
#include <strata/cpu/sum_rows.hpp>
#include <strata/cpu/tile.hpp>

namespace strata::inline v0_1::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<op::affine, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int in = K.x.d0, out = K.y.d0;
        product<T> p;
        p.a = c.at[0] + std::ptrdiff_t(c.first) * in;
        p.a_m = in;
        p.b = c.at[1];
        p.b_k = padded_to(out, K.lanes);
        p.k = in;
        p.start = K.bias ? c.at[2] : nullptr;
        p.c = c.at[K.bias ? 3 : 2] + std::ptrdiff_t(c.first) * out;
        p.c_m = out;
        p.m = c.last - c.first;
        p.n = out;
        multiply<false, false, T, Arch>(p);
        apply_function<F, T, Arch>(p.c, std::ptrdiff_t(p.m) * out);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::affine_input_gradient, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int in = K.x.d0, out = K.y.d0;
        product<T> p;
        p.a = c.at[0] + std::ptrdiff_t(c.first) * out;
        p.a_m = out;
        p.b = c.at[1]; // transposed: [U, F]
        p.b_k = padded_to(in, K.lanes);
        p.k = out;
        p.c = c.at[2] + std::ptrdiff_t(c.first) * in;
        p.c_m = in;
        p.m = c.last - c.first;
        p.n = in;
        multiply<false, false, T, Arch>(p);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::affine_weight_gradient, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int in = K.x.d0, out = K.y.d0, row = padded_to(out, K.lanes);
        product<T> p;
        p.a = c.at[0] + c.first; // rows of the result are inputs, the sum runs over the samples
        p.a_m = 1;
        p.a_k = in;
        p.b = c.at[1];
        p.b_k = out;
        p.k = c.batch;
        p.c = c.at[2] + std::ptrdiff_t(c.first) * row;
        p.c_m = row;
        p.m = c.last - c.first;
        p.n = out;
        multiply<out % lanes_of<T, Arch> != 0, true, T, Arch>(p);
        if (!K.bias || c.first != 0) return;
        sum_rows<T, Arch>(c.at[1], c.batch, out, c.at[3]);
    }
};

} // namespace strata::inline v0_1::on_cpu
