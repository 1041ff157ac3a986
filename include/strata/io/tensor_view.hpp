#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/io/dtype.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline v0_1::io {

static_assert(std::endian::native == std::endian::little,
              "strata: tensors in files are little-endian, and this machine is not.");

/// tensor_view — a named tensor in somebody else's memory: row-major, not necessarily aligned.
struct tensor_view {
    std::string name;
    std::vector<long long> shape;
    io::dtype dtype = io::dtype::f32;
    std::span<const std::byte> bytes;

    [[nodiscard]] std::size_t size() const {
        return bytes.size() / static_cast<std::size_t>(fact_of(dtype).bytes);
    }
};

/// Looks at floats or doubles as a tensor, to be written.
[[nodiscard]] inline tensor_view view_of(std::string name, std::vector<long long> shape,
                                         std::span<const float> x) {
    return {std::move(name), std::move(shape), dtype::f32, std::as_bytes(x)};
}
[[nodiscard]] inline tensor_view view_of(std::string name, std::vector<long long> shape,
                                         std::span<const double> x) {
    return {std::move(name), std::move(shape), dtype::f64, std::as_bytes(x)};
}

/// The float that an IEEE 754 binary16 number is; every one is exact.
[[nodiscard]] constexpr float float_of_half(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
    const std::uint32_t exponent = half >> 10 & 31u, fraction = half & 0x3ffu;
    if (exponent == 0) { // zero or subnormal: a multiple of 2^-24
        const float value = static_cast<float>(fraction) * 0x1p-24f;
        return sign != 0 ? -value : value;
    }
    const std::uint32_t wide =
        exponent == 31 ? 255u : exponent + 112u; // 112 = 127 - 15, the exponents' biases
    return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

/// Copies a tensor of floating-point numbers, converted where it must be, to `into` (view.size() elements).
///
/// Errors   shape_error where the sizes differ, file_error where the elements are integers
template <class Number> void copy_numbers(const tensor_view& view, std::span<Number> into) {
    if (into.size() != view.size())
        raise<shape_error>(sentence({"strata: the tensor ", view.name, " has ", view.size(),
                                     " elements and does not fit memory for ", into.size(), "."}));
    const auto copy = [&](auto stored, auto convert) {
        for (std::size_t i = 0; i < into.size(); ++i) {
            std::memcpy(&stored, view.bytes.data() + i * sizeof stored, sizeof stored);
            into[i] = static_cast<Number>(convert(stored));
        }
    };
    const auto same = [](auto stored) { return stored; };
    switch (view.dtype) {
    case dtype::f32:
        return copy(float{}, same);
    case dtype::f64:
        return copy(double{}, same);
    case dtype::f16:
        return copy(std::uint16_t{}, float_of_half);
    case dtype::bf16:
        return copy(std::uint16_t{}, [](std::uint16_t b) {
            return std::bit_cast<float>(static_cast<std::uint32_t>(b) << 16);
        });
    default:
        raise<file_error>(
            sentence({"strata: the tensor ", view.name, " holds ", fact_of(view.dtype).name,
                      " elements, and floating-point numbers are needed: convert it before saving."}));
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

} // namespace strata::inline v0_1::io
