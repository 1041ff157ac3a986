#pragma once
/// copy_run, clear_run, add_run — runs of numbers, in registers; spread_pixels — pixels of a run, put apart.
#include <strata/cpu/registers.hpp>

#include <utility>

namespace strata::inline STRATA_ABI::on_cpu {

/// Calls body(i, n) for each register of a run, four whole ones at a time.
template <class T, class Arch, class Body>
[[gnu::always_inline]] inline void each_run_register(std::ptrdiff_t count, Body&& body) {
    constexpr int lanes = lanes_of<T, Arch>;
    std::ptrdiff_t i = 0;
    for (; i + 4 * lanes <= count; i += 4 * lanes)
        body(i, lanes), body(i + lanes, lanes), body(i + 2 * lanes, lanes), body(i + 3 * lanes, lanes);
    for (; i + lanes <= count; i += lanes) body(i, lanes);
    if (i < count) body(i, static_cast<int>(count - i));
}
template <class T, class Arch>
inline void copy_run(const T* from, T* to, std::ptrdiff_t count) noexcept {
    each_run_register<T, Arch>(count,
                               [&](std::ptrdiff_t i, int n) { store<T, Arch>(to + i, load<T, Arch>(from + i, n), n); });
}
template <class T, class Arch>
inline void clear_run(T* to, std::ptrdiff_t count) noexcept {
    each_run_register<T, Arch>(count, [&](std::ptrdiff_t i, int n) { store<T, Arch>(to + i, vec<T, Arch>(T(0)), n); });
}
template <class T, class Arch>
inline void add_run(const T* from, T* to, std::ptrdiff_t count) noexcept {
    each_run_register<T, Arch>(count, [&](std::ptrdiff_t i, int n) {
        store<T, Arch>(to + i, load<T, Arch>(to + i, n) + load<T, Arch>(from + i, n), n);
    });
}

/// Pixels of C channels, which follow each other, to places `step` numbers apart.
template <class T, class Arch>
inline void spread_pixels(const T* from, T* to, int pixels, std::ptrdiff_t C, std::ptrdiff_t step) noexcept {
    // Where registers would be nearly empty, number by number.
    const auto few = [&]<int... c>(std::integer_sequence<int, c...>) {
        for (int p = 0; p < pixels; ++p, from += sizeof...(c), to += step) ((to[c] = from[c]), ...);
    };
    switch (C) {
    case 1: return few(std::make_integer_sequence<int, 1>{});
    case 2: return few(std::make_integer_sequence<int, 2>{});
    case 3: return few(std::make_integer_sequence<int, 3>{});
    case 4: return few(std::make_integer_sequence<int, 4>{});
    default:
        for (int p = 0; p < pixels; ++p, from += C, to += step) copy_run<T, Arch>(from, to, C);
    }
}

} // namespace strata::inline STRATA_ABI::on_cpu
