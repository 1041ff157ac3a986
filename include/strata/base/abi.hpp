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

// STRATA_ABI_IF(flag, then, otherwise): `then` if the flag is a macro that is 1: 1 becomes a comma, which moves `then`
// into the second place.
#define STRATA_ABI_IF_1 ,
#define STRATA_ABI_SECOND(first, second, ...) second
#define STRATA_ABI_CHOOSE(...) STRATA_ABI_SECOND(__VA_ARGS__)
#define STRATA_ABI_PROBE(flag, then, otherwise) STRATA_ABI_CHOOSE(STRATA_ABI_IF_##flag then, otherwise, )
#define STRATA_ABI_IF(flag, then, otherwise) STRATA_ABI_PROBE(flag, then, otherwise)
#define STRATA_ABI_PASTE(a, b, c, d, e) a##b##c##d##e
#define STRATA_ABI_JOIN(a, b, c, d, e) STRATA_ABI_PASTE(a, b, c, d, e)

// STRATA_ABI_HEX(a, b, c, d): four flags as a hexadecimal digit.
#define STRATA_ABI_HEX_0000 0
#define STRATA_ABI_HEX_0001 1
#define STRATA_ABI_HEX_0010 2
#define STRATA_ABI_HEX_0011 3
#define STRATA_ABI_HEX_0100 4
#define STRATA_ABI_HEX_0101 5
#define STRATA_ABI_HEX_0110 6
#define STRATA_ABI_HEX_0111 7
#define STRATA_ABI_HEX_1000 8
#define STRATA_ABI_HEX_1001 9
#define STRATA_ABI_HEX_1010 a
#define STRATA_ABI_HEX_1011 b
#define STRATA_ABI_HEX_1100 c
#define STRATA_ABI_HEX_1101 d
#define STRATA_ABI_HEX_1110 e
#define STRATA_ABI_HEX_1111 f
#define STRATA_ABI_HEX(a, b, c, d) \
    STRATA_ABI_JOIN(STRATA_ABI_HEX_, STRATA_ABI_IF(a, 1, 0), STRATA_ABI_IF(b, 1, 0), STRATA_ABI_IF(c, 1, 0), \
                    STRATA_ABI_IF(d, 1, 0))

// What the compiler may use by itself: a level of the x86-64 psABI, or its parts where it is not whole, ...
#if defined(__AVX2__) && defined(__FMA__) && defined(__F16C__) && defined(__POPCNT__) && defined(__LZCNT__) \
    && defined(__BMI__) && defined(__BMI2__) && defined(__MOVBE__)
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512CD__) && defined(__AVX512DQ__) \
    && defined(__AVX512VL__)
#define STRATA_ABI_LEVEL _x86_64_v4
#elif defined(__AVX512F__)
#define STRATA_ABI_LEVEL \
    STRATA_ABI_JOIN(_x86_64_v3_avx512, STRATA_ABI_IF(__AVX512BW__, bw, ), STRATA_ABI_IF(__AVX512CD__, cd, ), \
                    STRATA_ABI_IF(__AVX512DQ__, dq, ), STRATA_ABI_IF(__AVX512VL__, vl, ))
#else
#define STRATA_ABI_LEVEL _x86_64_v3
#endif
#elif defined(__SSE4_2__) && defined(__POPCNT__) && !defined(__AVX__) && !defined(__LZCNT__) && !defined(__BMI__) \
    && !defined(__BMI2__) && !defined(__MOVBE__)
#define STRATA_ABI_LEVEL _x86_64_v2
#elif defined(__SSE3__)
#define STRATA_ABI_LEVEL \
    STRATA_ABI_JOIN(_sse_, STRATA_ABI_HEX(__SSE3__, __SSSE3__, __SSE4_1__, __SSE4_2__), \
                    STRATA_ABI_HEX(__AVX__, __AVX2__, __FMA__, __F16C__), \
                    STRATA_ABI_HEX(__POPCNT__, __LZCNT__, __BMI__, __BMI2__), \
                    STRATA_ABI_HEX(__MOVBE__, __AVX512F__, __AVX512BW__, __AVX512VL__))
#else
#define STRATA_ABI_LEVEL
#endif

// ... and what goes beyond the level, as digits. Instructions that only intrinsics use are left out (AES, SHA, CRC32,
// ...). Every header expands this macro, so the flags are looked at once, two at a time, and not at each expansion: the
// preprocessor remembers where each token of each expansion came from.
#define STRATA_ABI_DIGIT(a, b) STRATA_ABI_JOIN(STRATA_ABI_HEX_, STRATA_ABI_BITS_##a, STRATA_ABI_BITS_##b, , )
#if defined(__AVX512VBMI__) || defined(__AVX512VBMI2__) || defined(__AVX512IFMA__) || defined(__AVX512VNNI__) \
    || defined(__AVX512BITALG__) || defined(__AVX512VPOPCNTDQ__) || defined(__AVX512BF16__) || defined(__AVX512FP16__) \
    || defined(__SSE4A__) || defined(__GFNI__) || defined(__AVXVNNI__) || defined(__AVXIFMA__) || defined(__FMA4__) \
    || defined(__XOP__) || defined(__TBM__) || defined(__APX_F__)
#if defined(__AVX512VBMI__) && defined(__AVX512VBMI2__)
#define STRATA_ABI_BITS_1 11
#elif defined(__AVX512VBMI__)
#define STRATA_ABI_BITS_1 10
#elif defined(__AVX512VBMI2__)
#define STRATA_ABI_BITS_1 01
#else
#define STRATA_ABI_BITS_1 00
#endif
#if defined(__AVX512IFMA__) && defined(__AVX512VNNI__)
#define STRATA_ABI_BITS_2 11
#elif defined(__AVX512IFMA__)
#define STRATA_ABI_BITS_2 10
#elif defined(__AVX512VNNI__)
#define STRATA_ABI_BITS_2 01
#else
#define STRATA_ABI_BITS_2 00
#endif
#if defined(__AVX512BITALG__) && defined(__AVX512VPOPCNTDQ__)
#define STRATA_ABI_BITS_3 11
#elif defined(__AVX512BITALG__)
#define STRATA_ABI_BITS_3 10
#elif defined(__AVX512VPOPCNTDQ__)
#define STRATA_ABI_BITS_3 01
#else
#define STRATA_ABI_BITS_3 00
#endif
#if defined(__AVX512BF16__) && defined(__AVX512FP16__)
#define STRATA_ABI_BITS_4 11
#elif defined(__AVX512BF16__)
#define STRATA_ABI_BITS_4 10
#elif defined(__AVX512FP16__)
#define STRATA_ABI_BITS_4 01
#else
#define STRATA_ABI_BITS_4 00
#endif
#if defined(__SSE4A__) && defined(__GFNI__)
#define STRATA_ABI_BITS_5 11
#elif defined(__SSE4A__)
#define STRATA_ABI_BITS_5 10
#elif defined(__GFNI__)
#define STRATA_ABI_BITS_5 01
#else
#define STRATA_ABI_BITS_5 00
#endif
#if defined(__AVXVNNI__) && defined(__AVXIFMA__)
#define STRATA_ABI_BITS_6 11
#elif defined(__AVXVNNI__)
#define STRATA_ABI_BITS_6 10
#elif defined(__AVXIFMA__)
#define STRATA_ABI_BITS_6 01
#else
#define STRATA_ABI_BITS_6 00
#endif
#if defined(__FMA4__) && defined(__XOP__)
#define STRATA_ABI_BITS_7 11
#elif defined(__FMA4__)
#define STRATA_ABI_BITS_7 10
#elif defined(__XOP__)
#define STRATA_ABI_BITS_7 01
#else
#define STRATA_ABI_BITS_7 00
#endif
#if defined(__TBM__) && defined(__APX_F__)
#define STRATA_ABI_BITS_8 11
#elif defined(__TBM__)
#define STRATA_ABI_BITS_8 10
#elif defined(__APX_F__)
#define STRATA_ABI_BITS_8 01
#else
#define STRATA_ABI_BITS_8 00
#endif
#define STRATA_ABI_MORE \
    STRATA_ABI_JOIN(_, STRATA_ABI_DIGIT(1, 2), STRATA_ABI_DIGIT(3, 4), STRATA_ABI_DIGIT(5, 6), STRATA_ABI_DIGIT(7, 8))
#elif defined(__ARM_FEATURE_SVE) || defined(__ARM_FEATURE_SVE2) || defined(__ARM_FEATURE_DOTPROD) \
    || defined(__ARM_FEATURE_FP16_VECTOR_ARITHMETIC) || defined(__ARM_FEATURE_BF16) \
    || defined(__ARM_FEATURE_MATMUL_INT8) || defined(__ARM_FEATURE_ATOMICS) || defined(__ARM_FEATURE_SHA3)
#if defined(__ARM_FEATURE_SVE) && defined(__ARM_FEATURE_SVE2)
#define STRATA_ABI_BITS_1 11
#elif defined(__ARM_FEATURE_SVE)
#define STRATA_ABI_BITS_1 10
#elif defined(__ARM_FEATURE_SVE2)
#define STRATA_ABI_BITS_1 01
#else
#define STRATA_ABI_BITS_1 00
#endif
#if defined(__ARM_FEATURE_DOTPROD) && defined(__ARM_FEATURE_FP16_VECTOR_ARITHMETIC)
#define STRATA_ABI_BITS_2 11
#elif defined(__ARM_FEATURE_DOTPROD)
#define STRATA_ABI_BITS_2 10
#elif defined(__ARM_FEATURE_FP16_VECTOR_ARITHMETIC)
#define STRATA_ABI_BITS_2 01
#else
#define STRATA_ABI_BITS_2 00
#endif
#if defined(__ARM_FEATURE_BF16) && defined(__ARM_FEATURE_MATMUL_INT8)
#define STRATA_ABI_BITS_3 11
#elif defined(__ARM_FEATURE_BF16)
#define STRATA_ABI_BITS_3 10
#elif defined(__ARM_FEATURE_MATMUL_INT8)
#define STRATA_ABI_BITS_3 01
#else
#define STRATA_ABI_BITS_3 00
#endif
#if defined(__ARM_FEATURE_ATOMICS) && defined(__ARM_FEATURE_SHA3)
#define STRATA_ABI_BITS_4 11
#elif defined(__ARM_FEATURE_ATOMICS)
#define STRATA_ABI_BITS_4 10
#elif defined(__ARM_FEATURE_SHA3)
#define STRATA_ABI_BITS_4 01
#else
#define STRATA_ABI_BITS_4 00
#endif
#define STRATA_ABI_MORE STRATA_ABI_JOIN(_arm_, STRATA_ABI_DIGIT(1, 2), STRATA_ABI_DIGIT(3, 4), , )
#else
#define STRATA_ABI_MORE
#endif

#define STRATA_ABI STRATA_ABI_JOIN(v0_1, STRATA_ABI_LEVEL, STRATA_ABI_MORE, , )

// Names that users do not need are in strata::core, so that `using namespace strata` leaves `block`, `step` and `call`
// to the program. The library's own namespaces see them.
namespace strata::inline STRATA_ABI {
namespace core::parts {}
namespace detail {
using namespace core;
using namespace core::parts;
} // namespace detail
namespace operations {
using namespace core;
}
namespace on_reference {
using namespace core;
}
namespace on_cpu {
using namespace core;
}
namespace on_cuda {
using namespace core;
}
} // namespace strata::inline STRATA_ABI
