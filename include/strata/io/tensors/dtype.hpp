#pragma once
#include <strata/base/abi.hpp>

#include <string_view>

namespace strata::inline STRATA_ABI::io {

/// dtype — the element types of safetensors files.
/// strata computes with f32 and f64. It reads all floating-point types as those (copy_numbers) and all integers as
/// 64-bit integers (as_integers), and can round to f16 and bf16 when it saves.
enum class dtype { f64, f32, f16, bf16, i64, i32, i16, i8, u64, u32, u16, u8, boolean, f8_e4m3, f8_e5m2 };

/// One row of the list of element types: spelling in files, bytes per element.
struct dtype_fact {
    dtype type;
    std::string_view name;
    int bytes;
};
inline constexpr dtype_fact dtype_facts[] = {
    {dtype::f64, "F64", 8},      {dtype::f32, "F32", 4},         {dtype::f16, "F16", 2},
    {dtype::bf16, "BF16", 2},    {dtype::i64, "I64", 8},         {dtype::i32, "I32", 4},
    {dtype::i16, "I16", 2},      {dtype::i8, "I8", 1},           {dtype::u64, "U64", 8},
    {dtype::u32, "U32", 4},      {dtype::u16, "U16", 2},         {dtype::u8, "U8", 1},
    {dtype::boolean, "BOOL", 1}, {dtype::f8_e4m3, "F8_E4M3", 1}, {dtype::f8_e5m2, "F8_E5M2", 1},
};

/// Types of the format that strata does not read: complex numbers, scales of powers of two, and others that no common
/// processor has.
inline constexpr std::string_view unread_dtypes[] = {"C64",     "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ",
                                                     "F6_E2M3", "F6_E3M2", "F4"};

/// The row of an element type: the enumerators are in the same order (a test checks that).
[[nodiscard]] constexpr const dtype_fact& fact_of(dtype type) { return dtype_facts[static_cast<int>(type)]; }

} // namespace strata::inline STRATA_ABI::io
