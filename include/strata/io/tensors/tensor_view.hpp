#pragma once
#include <bit>
#include <cstddef>
#include <span>
#include <strata/io/tensors/dtype.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::io {

static_assert(std::endian::native == std::endian::little,
              "strata: tensors in files are little-endian, but this machine is not.");

/// tensor_view — a named tensor without ownership: row-major, not necessarily aligned.
struct tensor_view {
    std::string name;
    std::vector<long long> shape;
    io::dtype dtype = io::dtype::f32;
    std::span<const std::byte> bytes;

    [[nodiscard]] std::size_t size() const { return bytes.size() / static_cast<std::size_t>(fact_of(dtype).bytes); }
};

/// Looks at floats or doubles as a tensor, to be written.
[[nodiscard]] inline tensor_view view_of(std::string name, std::vector<long long> shape, std::span<const float> x) {
    return {std::move(name), std::move(shape), dtype::f32, std::as_bytes(x)};
}
[[nodiscard]] inline tensor_view view_of(std::string name, std::vector<long long> shape, std::span<const double> x) {
    return {std::move(name), std::move(shape), dtype::f64, std::as_bytes(x)};
}

} // namespace strata::inline STRATA_ABI::io
