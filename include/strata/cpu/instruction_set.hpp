#pragma once
/// require_instruction_set — a message instead of SIGILL: does this CPU have the instructions that the compiler used?
///
///   require_instruction_set<Arch>();       // raises device_error; the CPU is asked once per program
///
/// The requirements are read from the compiler's own macros and are template arguments, so translation units built with
/// different -march never share one check. On other machines than x86 the base architecture has everything that is
/// used.
#include <cstdio>
#include <strata/base/error.hpp>

// The check itself must run on the CPU that fails it, so it is compiled without the wider sets and never
// inlined.
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__)) && !defined(__CUDA_ARCH__)
#define STRATA_BASELINE __attribute__((noinline, cold, target("no-avx,no-avx512f,no-bmi,no-bmi2")))
#else
#define STRATA_BASELINE
#endif

namespace strata::inline STRATA_ABI {

/// Sets of instructions as bits; `instruction_names[i]` is the name of bit i, as compilers' -m options spell
/// it.
using instruction_bits = unsigned;
inline constexpr const char* instruction_names[] = {"sse4.2",   "popcnt",   "avx",       "avx2",     "fma",
                                                    "bmi",      "bmi2",     "avx512f",   "avx512cd", "avx512bw",
                                                    "avx512dq", "avx512vl", "avx512vbmi"};
inline constexpr int instruction_count = 13;

/// What this translation unit was compiled for.
consteval instruction_bits instructions_compiled_for() {
    instruction_bits bits = 0;
#if defined(__x86_64__)
#if defined(__SSE4_2__)
    bits |= 1U << 0;
#endif
#if defined(__POPCNT__)
    bits |= 1U << 1;
#endif
#if defined(__AVX__)
    bits |= 1U << 2;
#endif
#if defined(__AVX2__)
    bits |= 1U << 3;
#endif
#if defined(__FMA__)
    bits |= 1U << 4;
#endif
#if defined(__BMI__)
    bits |= 1U << 5;
#endif
#if defined(__BMI2__)
    bits |= 1U << 6;
#endif
#if defined(__AVX512F__)
    bits |= 1U << 7;
#endif
#if defined(__AVX512CD__)
    bits |= 1U << 8;
#endif
#if defined(__AVX512BW__)
    bits |= 1U << 9;
#endif
#if defined(__AVX512DQ__)
    bits |= 1U << 10;
#endif
#if defined(__AVX512VL__)
    bits |= 1U << 11;
#endif
#if defined(__AVX512VBMI__)
    bits |= 1U << 12;
#endif
#endif
    return bits;
}

/// What this CPU has, and its operating system lets us use.
STRATA_BASELINE inline instruction_bits instructions_supported() noexcept {
    instruction_bits bits = 0;
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
    __builtin_cpu_init();
    bits |= __builtin_cpu_supports("sse4.2") ? 1U << 0 : 0;
    bits |= __builtin_cpu_supports("popcnt") ? 1U << 1 : 0;
    bits |= __builtin_cpu_supports("avx") ? 1U << 2 : 0;
    bits |= __builtin_cpu_supports("avx2") ? 1U << 3 : 0;
    bits |= __builtin_cpu_supports("fma") ? 1U << 4 : 0;
    bits |= __builtin_cpu_supports("bmi") ? 1U << 5 : 0;
    bits |= __builtin_cpu_supports("bmi2") ? 1U << 6 : 0;
    bits |= __builtin_cpu_supports("avx512f") ? 1U << 7 : 0;
    bits |= __builtin_cpu_supports("avx512cd") ? 1U << 8 : 0;
    bits |= __builtin_cpu_supports("avx512bw") ? 1U << 9 : 0;
    bits |= __builtin_cpu_supports("avx512dq") ? 1U << 10 : 0;
    bits |= __builtin_cpu_supports("avx512vl") ? 1U << 11 : 0;
    bits |= __builtin_cpu_supports("avx512vbmi") ? 1U << 12 : 0;
#endif
    return bits;
}

/// Raises device_error, naming what is missing, unless everything needed is supported.
STRATA_BASELINE inline void check_instruction_set(instruction_bits needed, instruction_bits supported) {
    const instruction_bits missing = needed & ~supported;
    if (missing == 0) return;
    const char* family = missing >= 1U << 7 ? "AVX-512" : missing >= 1U << 2 ? "AVX2" : "SSE4.2";
    const char* remedy = missing >= 1U << 2 ? "x86-64-v2" : "x86-64";
    char names[160] = "";
    int length = 0;
    for (int i = 0; i < instruction_count; ++i)
        if ((missing >> i & 1U) != 0)
            length += std::snprintf(names + length, sizeof names - static_cast<std::size_t>(length), "%s%s",
                                    length == 0 ? "" : ", ", instruction_names[i]);
    char message[320];
    std::snprintf(message, sizeof message,
                  "strata: this program was compiled for %s (%s), which this CPU does not support; compile with "
                  "-march=%s or run elsewhere.",
                  family, names, remedy);
    raise<device_error>(message);
}

/// Asks the CPU at the first call. `Arch`, the kernels' architecture, keeps translation units apart.
template <class Arch = void, instruction_bits Needed = instructions_compiled_for()>
STRATA_BASELINE void require_instruction_set() {
    static const bool checked = (check_instruction_set(Needed, instructions_supported()), true);
    static_cast<void>(checked);
}

} // namespace strata::inline STRATA_ABI

#undef STRATA_BASELINE
