#pragma once
#include <cstddef>
#include <cstdint>
#include <strata/base/error.hpp>
#include <strata/base/words/near_names.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/beginning.hpp>
#include <strata/io/byte_block.hpp>
#include <strata/io/tensors/tensor_view.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::io {

/// The longest header of a safetensors file that the format's own reader takes, in bytes.
inline constexpr std::uint64_t longest_header = 100'000'000;

/// metadata — texts about a file, such as "format" → "strata".
using metadata = std::vector<std::pair<std::string, std::string>>;

/// tensor_file — the content of a safetensors file: tensors, metadata, and the memory that they refer to.
/// Tensors are in the order of their bytes, metadata in the order of the header. It can be moved, not copied.
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
    /// The tensor of that name. Errors   file_error for a name that is not there, with those that are near it
    template <class = void> // instantiated where it is called: most programs never do
    [[nodiscard]] const tensor_view& at(std::string_view name) const {
        if (const tensor_view* const tensor = find(name)) return *tensor;
        refuse_name(name);
    }
    /// The metadata under that key, or nullptr.
    [[nodiscard]] const std::string* find_metadata(std::string_view key) const {
        for (const auto& entry : metadata)
            if (entry.first == key) return &entry.second;
        return nullptr;
    }

  private:
    template <class = void>
    [[noreturn, gnu::cold, gnu::noinline]] void refuse_name(std::string_view name) const {
        std::vector<std::string_view> names;
        for (const tensor_view& tensor : tensors) names.push_back(tensor.name);
        std::string known;
        for (std::size_t i = 0; i < names.size() && i < 20; ++i)
            known += sentence({i == 0 ? "It has " : ", ", beginning(names[i])});
        raise<file_error>(sentence({"strata: the file has no tensor '", name, "'. ", core::near_names(name, names),
                                    names.empty() ? "It has none" : known, names.size() > 20 ? ", ..." : "", "."}));
    }
};

} // namespace strata::inline STRATA_ABI::io
