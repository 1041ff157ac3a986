#pragma once
#include <cstddef>
#include <strata/io/byte_block.hpp>
#include <strata/io/tensor_view.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::io {

/// Texts about a file: "format" → "strata", say.
using metadata = std::vector<std::pair<std::string, std::string>>;

/// tensor_file — what was read from a file: its tensors in the order of the bytes, its metadata in the order
/// of the header, and the memory that the views look at. Moves, and is never copied.
struct tensor_file {
    std::vector<tensor_view> tensors;
    io::metadata metadata;
    std::vector<byte_block> content; ///< of the file, then of tensors that were turned (see name_map)

    tensor_file() = default;
    tensor_file(tensor_file&&) noexcept = default;
    tensor_file& operator=(tensor_file&&) noexcept = default;

    /// The tensor of that name, or nullptr.
    [[nodiscard]] const tensor_view* find(std::string_view name) const {
        for (const tensor_view& tensor : tensors)
            if (tensor.name == name) return &tensor;
        return nullptr;
    }
    /// The metadata under that key, or nullptr.
    [[nodiscard]] const std::string* find_metadata(std::string_view key) const {
        for (const auto& entry : metadata)
            if (entry.first == key) return &entry.second;
        return nullptr;
    }
};

} // namespace strata::inline STRATA_ABI::io
