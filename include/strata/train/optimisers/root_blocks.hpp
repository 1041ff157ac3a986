#pragma once
/// root_blocks — the loop of an optimiser whose step has a square root in its middle (adam, adamw, rmsprop, adagrad).
///
/// `Rule` has the two halves of the step of one parameter: `radicand(g, p, states...)` brings the states up to date and
/// says what to take the root of, `finish(root, g, p, states...)` moves p. The root needs a loop of its own: std::sqrt
/// may set errno, so no compiler makes vectors of it. Each parameter's result depends on nothing but its own numbers.
#include <strata/base/abi.hpp>

#include <cmath>
#include <cstddef>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace strata::inline STRATA_ABI::detail {

/// Four floats or two doubles at a time: what every x86-64 has, whatever it is compiled for.
template <std::size_t N>
inline void square_roots(float* x) noexcept {
#if defined(__SSE2__)
    for (std::size_t i = 0; i < N; i += 4) _mm_store_ps(x + i, _mm_sqrt_ps(_mm_load_ps(x + i)));
#else
    for (std::size_t i = 0; i < N; ++i) x[i] = std::sqrt(x[i]);
#endif
}
template <std::size_t N>
inline void square_roots(double* x) noexcept {
#if defined(__SSE2__)
    for (std::size_t i = 0; i < N; i += 2) _mm_store_pd(x + i, _mm_sqrt_pd(_mm_load_pd(x + i)));
#else
    for (std::size_t i = 0; i < N; ++i) x[i] = std::sqrt(x[i]);
#endif
}

/// Apart from `apply`, because g++ believes __restrict of parameters only. (Inlined, so that its vector code belongs to
/// apply's caller, whose type tells instruction sets apart.)
template <class Rule, class T, class... State>
[[gnu::always_inline]] inline void root_blocks(const Rule f, const T* __restrict g, T* __restrict p, std::size_t n,
                                               State* __restrict... state) noexcept {
    constexpr std::size_t block = 256;
    alignas(64) T root[block];
    for (std::size_t from = 0; from < n; from += block) {
        const std::size_t count = n - from < block ? n - from : block;
        for (std::size_t i = 0, k = from; i < count; ++i, ++k) root[i] = f.radicand(g[k], p[k], state[k]...);
        for (std::size_t i = count; i < block; ++i) root[i] = 0;
        square_roots<block>(root);
        for (std::size_t i = 0, k = from; i < count; ++i, ++k) f.finish(root[i], g[k], p[k], state[k]...);
    }
}

} // namespace strata::inline STRATA_ABI::detail
