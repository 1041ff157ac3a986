#pragma once
/// monotonic_time — nanoseconds on a clock that never goes back, for differences: what std::chrono::steady_clock gives,
/// without <chrono>, whose calendar costs each program that includes it a twentieth of a second to compile.
#include <strata/base/abi.hpp>

#include <ctime>

namespace strata::inline STRATA_ABI::detail {

[[nodiscard]] inline long long monotonic_time() noexcept {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1'000'000'000LL * now.tv_sec + now.tv_nsec;
}
[[nodiscard]] inline double seconds_since(long long begin) noexcept {
    return 1e-9 * static_cast<double>(monotonic_time() - begin);
}

} // namespace strata::inline STRATA_ABI::detail
