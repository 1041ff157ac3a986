#pragma once
/// copy_run, clear_run, add_run — runs of numbers, in registers.
#include <strata/cpu/registers.hpp>

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

} // namespace strata::inline STRATA_ABI::on_cpu
