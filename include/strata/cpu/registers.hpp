#pragma once
/// Vector registers: xsimd batches, with additions that release 8.1 lacks, does slowly or only estimates: fused
/// multiply-add for AVX-512, quotients and square roots for NEON, loads and stores of fewer elements than a register
/// holds.
#include <strata/plan/key.hpp>

#include <cstddef>
#include <type_traits>
// g++ 12 takes the undefined registers of its own AVX-512 intrinsics for uninitialized variables (PR 105593).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <strata/base/set_macros_aside.hpp>

#include <xsimd/xsimd.hpp>

#include <strata/base/restore_macros.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

namespace strata::inline STRATA_ABI::on_cpu {

template <class T, class Arch>
using vec = xsimd::batch<T, Arch>;

template <class T, class Arch>
inline constexpr int lanes_of = static_cast<int>(vec<T, Arch>::size);

template <class Arch>
inline constexpr bool is_avx512 = std::is_base_of_v<xsimd::avx512f, Arch>;
template <class Arch>
inline constexpr bool is_avx = !is_avx512<Arch> && std::is_base_of_v<xsimd::avx, Arch>;
template <class Arch>
inline constexpr bool is_neon = std::is_base_of_v<xsimd::neon64, Arch>;

/// a · b + c. xsimd 8.1 has no AVX-512 form, and clang does not contract the product and the sum by itself.
template <class T, class Arch>
inline vec<T, Arch> multiply_add(const vec<T, Arch>& a, const vec<T, Arch>& b, const vec<T, Arch>& c) {
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch> && std::is_same_v<T, float>) return _mm512_fmadd_ps(a, b, c);
    else if constexpr (is_avx512<Arch> && std::is_same_v<T, double>) return _mm512_fmadd_pd(a, b, c);
    else
#endif
        return xsimd::fma(a, b, c);
}

/// sum = a · b + sum, where the compiler may not choose another register for the sum. (g++ multiplies into the register
/// of a factor at its last use, and then moves and spills what an unrolled loop keeps in registers.)
template <class T, class Arch>
[[gnu::always_inline]] inline void accumulate(typename vec<T, Arch>::register_type& sum,
                                              const typename vec<T, Arch>::register_type& a,
                                              const typename vec<T, Arch>::register_type& b) {
#if defined(__FMA__)
    if constexpr (is_avx<Arch> && std::is_base_of_v<xsimd::fma3<xsimd::avx2>, Arch>) {
        if constexpr (std::is_same_v<T, float>) asm("vfmadd231ps %2, %1, %0" : "+x"(sum) : "x"(a), "x"(b));
        else asm("vfmadd231pd %2, %1, %0" : "+x"(sum) : "x"(a), "x"(b));
        return;
    }
#endif
    sum = multiply_add<T, Arch>(vec<T, Arch>(a), vec<T, Arch>(b), vec<T, Arch>(sum));
}

/// a / b and the square root of x, rounded once. Under NEON xsimd refines estimates of 1 / b and 1 / sqrt(x), for
/// floats: up to two units in the last place are lost, a denormal b gives minus infinity, and the root of infinity is
/// NaN.
template <class T, class Arch>
inline vec<T, Arch> quotient(const vec<T, Arch>& a, const vec<T, Arch>& b) {
#if defined(__aarch64__)
    if constexpr (is_neon<Arch> && std::is_same_v<T, float>) return vdivq_f32(a, b);
    else
#endif
        return a / b;
}
template <class T, class Arch>
inline vec<T, Arch> square_root(const vec<T, Arch>& x) {
#if defined(__aarch64__)
    if constexpr (is_neon<Arch> && std::is_same_v<T, float>) return vsqrtq_f32(x);
    else
#endif
        return xsimd::sqrt(x);
}

/// max(x, floor), for a floor that is a number. Not-a-number stays: x86's maximum gives its second operand then.
template <class T, class Arch>
inline vec<T, Arch> at_least(const vec<T, Arch>& x, const vec<T, Arch>& floor) {
    return xsimd::max(floor, x);
}

#if defined(__AVX__)
namespace detail {
alignas(32) inline constexpr int avx_mask_source[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
alignas(32) inline constexpr long long avx_wide_mask_source[8] = {-1, -1, -1, -1, 0, 0, 0, 0};
inline __m256i avx_mask(int n) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(avx_mask_source + 8 - n)); }
inline __m256i avx_wide_mask(int n) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(avx_wide_mask_source + 4 - n));
}
} // namespace detail
#endif

/// Loads the first n elements (0 < n <= lanes); the others are zero and are not touched in memory.
template <class T, class Arch>
inline vec<T, Arch> load_partial(const T* p, int n) {
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch> && std::is_same_v<T, float>)
        return _mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << n) - 1u), p);
    else if constexpr (is_avx512<Arch> && std::is_same_v<T, double>)
        return _mm512_maskz_loadu_pd(static_cast<__mmask8>((1u << n) - 1u), p);
    else
#endif
#if defined(__AVX__)
        if constexpr (is_avx<Arch> && std::is_same_v<T, float>)
        return _mm256_maskload_ps(p, detail::avx_mask(n));
    else if constexpr (is_avx<Arch> && std::is_same_v<T, double>)
        return _mm256_maskload_pd(p, detail::avx_wide_mask(n));
    else
#endif
    {
        alignas(64) T copy[lanes_of<T, Arch>]{};
        for (int i = 0; i < lanes_of<T, Arch> && i < n; ++i) copy[i] = p[i];
        return vec<T, Arch>::load_aligned(copy);
    }
}

/// Stores the first n elements (0 < n <= lanes) and touches nothing behind them.
template <class T, class Arch>
inline void store_partial(T* p, const vec<T, Arch>& v, int n) {
#if defined(__AVX512F__)
    if constexpr (is_avx512<Arch> && std::is_same_v<T, float>)
        _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1u << n) - 1u), v);
    else if constexpr (is_avx512<Arch> && std::is_same_v<T, double>)
        _mm512_mask_storeu_pd(p, static_cast<__mmask8>((1u << n) - 1u), v);
    else
#endif
#if defined(__AVX__)
        // In pieces: masked stores of 256 bits take some twenty operations on one half of the machines there are.
        if constexpr (is_avx<Arch> && std::is_same_v<T, float>) {
            __m128 rest = _mm256_castps256_ps128(v);
            if ((n & 4) != 0) _mm_storeu_ps(p, rest), p += 4, rest = _mm256_extractf128_ps(v, 1);
            if ((n & 2) != 0)
                _mm_storel_pi(reinterpret_cast<__m64*>(p), rest), p += 2, rest = _mm_movehl_ps(rest, rest);
            if ((n & 1) != 0) _mm_store_ss(p, rest);
        } else if constexpr (is_avx<Arch> && std::is_same_v<T, double>) {
            __m128d rest = _mm256_castpd256_pd128(v);
            if ((n & 2) != 0) _mm_storeu_pd(p, rest), p += 2, rest = _mm256_extractf128_pd(v, 1);
            if ((n & 1) != 0) _mm_store_sd(p, rest);
        } else
#endif
        {
            alignas(64) T copy[lanes_of<T, Arch>];
            v.store_aligned(copy);
            for (int i = 0; i < lanes_of<T, Arch> && i < n; ++i) p[i] = copy[i];
        }
}

/// Calls body(i, n) for each register of a run of `count` elements: n is the register's lanes, or fewer in the last.
template <class T, class Arch, class Body>
inline void each_register(std::ptrdiff_t count, Body&& body) {
    constexpr int lanes = lanes_of<T, Arch>;
    std::ptrdiff_t i = 0;
    for (; i + lanes <= count; i += lanes) body(i, lanes);
    if (i < count) body(i, static_cast<int>(count - i));
}

template <class T, class Arch>
inline vec<T, Arch> load(const T* p, int n) {
    return n == lanes_of<T, Arch> ? vec<T, Arch>::load_unaligned(p) : load_partial<T, Arch>(p, n);
}
template <class T, class Arch>
inline void store(T* p, const vec<T, Arch>& v, int n) {
    if (n == lanes_of<T, Arch>) v.store_unaligned(p);
    else store_partial<T, Arch>(p, v, n);
}

} // namespace strata::inline STRATA_ABI::on_cpu
