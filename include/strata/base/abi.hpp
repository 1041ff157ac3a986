#pragma once
/// STRATA_ABI — the inline namespace of everything here: the library's version and the instruction set that the
/// translation unit is compiled for, as in strata::v0_1_x86_64_v3. Whatever the compiler may vectorise carries it in
/// its symbol, so units built with different -march options link into one program, and neither runs the other's code.
/// What every machine of the kind has (plain x86-64, ARMv8) adds nothing to the name.
///
/// Every header includes this one, so the flags under which no header is right are refused here.

#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) \
    || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ > 0)
#error \
    "strata: -ffast-math, -Ofast and -ffinite-math-only let the compiler assume that no number is NaN or infinite, and \
reorder sums: a diverging fit would go unnoticed. Compile files that include strata without them; -O3 -fno-math-errno \
is safe."
#endif

// STRATA_ABI_IF(flag, name): the name if the flag is a macro that is 1, else nothing: 1 becomes a comma, and the name
// the second argument.
#define STRATA_ABI_IF_1 ,
#define STRATA_ABI_SECOND(first, second, ...) second
#define STRATA_ABI_CHOOSE(...) STRATA_ABI_SECOND(__VA_ARGS__)
#define STRATA_ABI_PROBE(flag, name) STRATA_ABI_CHOOSE(STRATA_ABI_IF_##flag name, , )
#define STRATA_ABI_IF(flag, name) STRATA_ABI_PROBE(flag, name)
#define STRATA_ABI_JOIN2(a, b) a##b
#define STRATA_ABI_JOIN(a, b) STRATA_ABI_JOIN2(a, b)
#define STRATA_ABI_PASTE(a, b, c, d, e, f, g, h) a##b##c##d##e##f##g##h
#define STRATA_ABI_ALL(a, b, c, d, e, f, g, h) STRATA_ABI_PASTE(a, b, c, d, e, f, g, h)

// A whole level of the x86-64 psABI has one name; what does not fill a level, or goes beyond it, is spelled out. Left
// out are instructions that the compiler never chooses by itself (AES, SHA, CRC32, ...).
#if defined(__AVX2__) && defined(__FMA__) && defined(__F16C__) && defined(__POPCNT__) && defined(__LZCNT__) \
    && defined(__BMI__) && defined(__BMI2__) && defined(__MOVBE__)
#define STRATA_ABI_LEVEL _x86_64_v3
#define STRATA_ABI_PART
#else
#if defined(__SSE4_2__)
#define STRATA_ABI_LEVEL _sse4_2
#elif defined(__SSE4_1__)
#define STRATA_ABI_LEVEL _sse4_1
#elif defined(__SSSE3__)
#define STRATA_ABI_LEVEL _ssse3
#elif defined(__SSE3__)
#define STRATA_ABI_LEVEL _sse3
#else
#define STRATA_ABI_LEVEL
#endif
#define STRATA_ABI_PART \
    STRATA_ABI_JOIN(STRATA_ABI_ALL(STRATA_ABI_IF(__AVX__, _avx), STRATA_ABI_IF(__AVX2__, 2), \
                                   STRATA_ABI_IF(__FMA__, _fma), STRATA_ABI_IF(__F16C__, _f16c), \
                                   STRATA_ABI_IF(__POPCNT__, _popcnt), STRATA_ABI_IF(__LZCNT__, _lzcnt), \
                                   STRATA_ABI_IF(__BMI__, _bmi), STRATA_ABI_IF(__BMI2__, _bmi2)), \
                    STRATA_ABI_IF(__MOVBE__, _movbe))
#endif
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512CD__) && defined(__AVX512DQ__) \
    && defined(__AVX512VL__)
#define STRATA_ABI_512 _avx512
#else
#define STRATA_ABI_512 \
    STRATA_ABI_ALL(STRATA_ABI_IF(__AVX512F__, _avx512f), STRATA_ABI_IF(__AVX512BW__, bw), \
                   STRATA_ABI_IF(__AVX512CD__, cd), STRATA_ABI_IF(__AVX512DQ__, dq), STRATA_ABI_IF(__AVX512VL__, vl), \
                   , , )
#endif
#if defined(__AVX512VBMI__) && defined(__AVX512VBMI2__) && defined(__AVX512IFMA__) && defined(__AVX512VNNI__) \
    && defined(__AVX512BITALG__) && defined(__AVX512VPOPCNTDQ__)
#define STRATA_ABI_MORE_512 \
    STRATA_ABI_ALL(_icelake, STRATA_ABI_IF(__AVX512BF16__, _bf16), STRATA_ABI_IF(__AVX512FP16__, _fp16), , , , , )
#else
#define STRATA_ABI_MORE_512 \
    STRATA_ABI_ALL(STRATA_ABI_IF(__AVX512VBMI__, _vbmi), STRATA_ABI_IF(__AVX512VBMI2__, _vbmi2), \
                   STRATA_ABI_IF(__AVX512IFMA__, _ifma), STRATA_ABI_IF(__AVX512VNNI__, _vnni), \
                   STRATA_ABI_IF(__AVX512BITALG__, _bitalg), STRATA_ABI_IF(__AVX512VPOPCNTDQ__, _vpopcnt), \
                   STRATA_ABI_IF(__AVX512BF16__, _bf16), STRATA_ABI_IF(__AVX512FP16__, _fp16))
#endif
#define STRATA_ABI_BESIDE \
    STRATA_ABI_ALL(STRATA_ABI_IF(__SSE4A__, _sse4a), STRATA_ABI_IF(__FMA4__, _fma4), STRATA_ABI_IF(__XOP__, _xop), \
                   STRATA_ABI_IF(__TBM__, _tbm), STRATA_ABI_IF(__GFNI__, _gfni), STRATA_ABI_IF(__AVXVNNI__, _avxvnni), \
                   STRATA_ABI_IF(__AVXIFMA__, _avxifma), STRATA_ABI_IF(__APX_F__, _apx))
#define STRATA_ABI_ARM \
    STRATA_ABI_ALL(STRATA_ABI_IF(__ARM_FEATURE_SVE, _sve), STRATA_ABI_IF(__ARM_FEATURE_SVE2, _sve2), \
                   STRATA_ABI_IF(__ARM_FEATURE_DOTPROD, _dotprod), \
                   STRATA_ABI_IF(__ARM_FEATURE_FP16_VECTOR_ARITHMETIC, _fp16), \
                   STRATA_ABI_IF(__ARM_FEATURE_BF16, _bf16), STRATA_ABI_IF(__ARM_FEATURE_MATMUL_INT8, _i8mm), \
                   STRATA_ABI_IF(__ARM_FEATURE_ATOMICS, _lse), STRATA_ABI_IF(__ARM_FEATURE_SHA3, _sha3))
#define STRATA_ABI \
    STRATA_ABI_ALL(v0_1, STRATA_ABI_LEVEL, STRATA_ABI_PART, STRATA_ABI_512, STRATA_ABI_MORE_512, STRATA_ABI_BESIDE, \
                   STRATA_ABI_ARM, )

namespace strata::inline STRATA_ABI {}
