#pragma once
#include <cstdint>
#include <cstring>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/beginning.hpp>
#include <strata/io/tensors/tensor_view.hpp>
#include <vector>

namespace strata::inline STRATA_ABI::io {

/// as_integers(view) — a tensor of integers or truth values (0 and 1) as 64-bit integers, exactly.
///
/// Errors   file_error where its elements are floating-point numbers, a U64 is 2^63 or more, or a truth value is
///          neither 0 nor 1
[[nodiscard, gnu::cold]] inline std::vector<std::int64_t> as_integers(const tensor_view& view) {
    std::vector<std::int64_t> integers(view.size());
    const auto copy = [&](auto highest) { // of the stored type
        for (std::size_t i = 0; i < integers.size(); ++i) {
            auto stored = highest;
            std::memcpy(&stored, view.bytes.data() + i * sizeof stored, sizeof stored);
            if (stored > highest)
                raise<file_error>(sentence({"strata: element ", i, " of the ", fact_of(view.dtype).name, " tensor ",
                                            beginning(view.name), " is ", stored, "; the largest readable value is ",
                                            highest, ". Is the file damaged?"}));
            integers[i] = static_cast<std::int64_t>(stored);
        }
    };
    switch (view.dtype) {
    case dtype::boolean: copy(std::uint8_t{1}); break;
    case dtype::u8: copy(std::uint8_t{UINT8_MAX}); break;
    case dtype::u16: copy(std::uint16_t{UINT16_MAX}); break;
    case dtype::u32: copy(std::uint32_t{UINT32_MAX}); break;
    case dtype::u64: copy(std::uint64_t{INT64_MAX}); break;
    case dtype::i8: copy(std::int8_t{INT8_MAX}); break;
    case dtype::i16: copy(std::int16_t{INT16_MAX}); break;
    case dtype::i32: copy(std::int32_t{INT32_MAX}); break;
    case dtype::i64: copy(std::int64_t{INT64_MAX}); break;
    default:
        raise<file_error>(sentence({"strata: the tensor ", beginning(view.name), " holds ", fact_of(view.dtype).name,
                                    " elements, not integers. Read it with as_doubles."}));
    }
    return integers;
}

} // namespace strata::inline STRATA_ABI::io
