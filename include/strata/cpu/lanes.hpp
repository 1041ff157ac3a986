#pragma once
/// lanes — operations on a register's lanes: replacing those after a row's end, and joining all into one number.
#include <strata/cpu/registers.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

namespace detail {
template <class T>
alignas(64) inline constexpr T lane_numbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
} // namespace detail

/// The first n lanes of x, and those of `other` behind them.
template <class T, class Arch>
inline vec<T, Arch> first_lanes(const vec<T, Arch>& x, int n, const vec<T, Arch>& other) {
    using V = vec<T, Arch>;
    if (n == lanes_of<T, Arch>) return x;
    return xsimd::select(V::load_aligned(detail::lane_numbers<T>) < V(static_cast<T>(n)), x, other);
}

/// All lanes joined, in every lane: join(a, b) takes two registers whose lanes are to be joined.
template <class T, class Arch, class Join>
[[gnu::always_inline]] inline vec<T, Arch> reduce(const vec<T, Arch>& v, Join&& join) {
    using V = vec<T, Arch>;
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch> && std::is_same_v<T, float>) {
        const V quarters = join(v, V(_mm512_shuffle_f32x4(v, v, 0x4E))),
                one = join(quarters, V(_mm512_shuffle_f32x4(quarters, quarters, 0xB1)));
        const V pairs = join(one, V(_mm512_permute_ps(one, 0x4E)));
        return join(pairs, V(_mm512_permute_ps(pairs, 0xB1)));
    } else if constexpr (is_avx512<Arch> && std::is_same_v<T, double>) {
        const V quarters = join(v, V(_mm512_shuffle_f64x2(v, v, 0x4E))),
                one = join(quarters, V(_mm512_shuffle_f64x2(quarters, quarters, 0xB1)));
        return join(one, V(_mm512_permute_pd(one, 0x55)));
    } else
#endif
#if defined(__AVX__)
        if constexpr (is_avx<Arch> && std::is_same_v<T, float>) {
        const V one = join(v, V(_mm256_permute2f128_ps(v, v, 1))), pairs = join(one, V(_mm256_permute_ps(one, 0x4E)));
        return join(pairs, V(_mm256_permute_ps(pairs, 0xB1)));
    } else if constexpr (is_avx<Arch> && std::is_same_v<T, double>) {
        const V one = join(v, V(_mm256_permute2f128_pd(v, v, 1)));
        return join(one, V(_mm256_permute_pd(one, 0x5)));
    } else
#endif
    {
        static_assert(sizeof(V) == 16,
                      "wider registers are interleaved within their halves, or not, by release of xsimd");
        V all = v;
        for (int left = lanes_of<T, Arch>; left > 1; left /= 2)
            all = join(xsimd::zip_lo(all, all), xsimd::zip_hi(all, all));
        return all;
    }
}
template <class T, class Arch>
inline vec<T, Arch> sum_of(const vec<T, Arch>& v) {
    return reduce<T, Arch>(v, [](const auto& a, const auto& b) { return a + b; });
}
template <class T, class Arch>
inline T first_of(const vec<T, Arch>& v) {
    return v.get(0);
}

} // namespace strata::inline STRATA_ABI::on_cpu
