#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/beginning.hpp>
#include <strata/io/tensors/small_float.hpp>
#include <strata/io/tensors/tensor_view.hpp>
#include <vector>

namespace strata::inline STRATA_ABI::io {

/// The first element of an F64 tensor that is finite, and beyond the largest float; view.size() if none is.
[[nodiscard, gnu::cold]] inline std::size_t find_too_large(const tensor_view& view) {
    std::size_t i = 0;
    for (; view.dtype == dtype::f64 && i < view.size(); ++i) {
        double x;
        std::memcpy(&x, view.bytes.data() + i * sizeof x, sizeof x);
        const double size = x < 0 ? -x : x;
        if (size > static_cast<double>(std::numeric_limits<float>::max()) && size <= std::numeric_limits<double>::max())
            return i;
    }
    return view.size();
}

/// Copies a tensor of floating-point numbers to `into` (view.size() elements). F16, BF16 and the two F8
/// become floats exactly; F64 is rounded where floats are wanted.
///
/// Errors   shape_error where the sizes differ, file_error where the elements are integers or a finite one is
///          too large for a float: then nothing is written
template <class Number>
void copy_numbers(const tensor_view& view, std::span<Number> into) {
    if (into.size() != view.size())
        raise<shape_error>(sentence({"strata: the tensor ", beginning(view.name), " has ", view.size(),
                                     " elements, which does not match a buffer of ", into.size(), "."}));
    const auto copy = [&](auto stored, auto convert) {
        for (std::size_t i = 0; i < into.size(); ++i) {
            std::memcpy(&stored, view.bytes.data() + i * sizeof stored, sizeof stored);
            into[i] = static_cast<Number>(convert(stored));
        }
    };
    const auto same = [](auto stored) { return stored; };
    switch (view.dtype) {
    case dtype::f32: return copy(float{}, same);
    case dtype::f64:
        if constexpr (sizeof(Number) < sizeof(double))
            if (const std::size_t i = find_too_large(view); i < view.size())
                raise<file_error>(sentence({"strata: element ", i, " of the tensor ", beginning(view.name),
                                            " is too large for a float. Read it with as_doubles."}));
        return copy(double{}, same);
    case dtype::f16: return copy(std::uint16_t{}, float_of_half);
    case dtype::bf16: return copy(std::uint16_t{}, float_of_brain);
    case dtype::f8_e4m3: return copy(std::uint8_t{}, float_of_e4m3);
    case dtype::f8_e5m2: return copy(std::uint8_t{}, float_of_e5m2);
    default:
        raise<file_error>(sentence(
            {"strata: the tensor ", beginning(view.name), " holds ", fact_of(view.dtype).name,
             " elements, not floating-point numbers. Convert it before saving, or read it with as_integers."}));
    }
}

/// A tensor of floating-point numbers as floats (f64 is rounded).
[[nodiscard]] inline std::vector<float> as_floats(const tensor_view& view) {
    std::vector<float> numbers(view.size());
    copy_numbers(view, std::span<float>(numbers));
    return numbers;
}
/// A tensor of floating-point numbers as doubles, exactly.
[[nodiscard]] inline std::vector<double> as_doubles(const tensor_view& view) {
    std::vector<double> numbers(view.size());
    copy_numbers(view, std::span<double>(numbers));
    return numbers;
}

} // namespace strata::inline STRATA_ABI::io
