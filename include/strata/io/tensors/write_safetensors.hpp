#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/tensors/tensor_file.hpp>
#include <strata/io/text/json.hpp>
#include <strata/io/text/utf8.hpp>
#include <strata/io/write_file.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::io {

/// A text about a file, without ownership.
struct text_view {
    std::string_view key, text;
};

namespace detail {

/// The header of a safetensors file, padded with spaces so that the data begins at a multiple of 8 bytes. Messages say
/// that `path` cannot be written.
template <class = void>
[[nodiscard, gnu::cold, gnu::noinline]] std::string
safetensors_header_of(const std::string& path, std::span<const tensor_view> tensors, std::span<const text_view> texts) {
    const auto check = [&](std::string_view name, bool taken) {
        const bool legal = find_invalid_utf8(name) == std::string_view::npos;
        if (legal && !taken && name != "__metadata__") return;
        raise(sentence(
            {"strata: cannot write ", path, ": the name '", name,
             legal ? "' is already used. Each tensor and each text needs a unique name." : "' is not UTF-8."}));
    };
    std::string header = "{";
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const text_view& t = texts[i];
        bool taken = false;
        for (std::size_t before = 0; before < i; ++before) taken = taken || texts[before].key == t.key;
        check(t.key, taken);
        if (find_invalid_utf8(t.text) != std::string_view::npos)
            raise(sentence({"strata: cannot write ", path, ": the text of '", t.key, "' is not UTF-8."}));
        header += sentence({i == 0 ? "\"__metadata__\":{" : ",", json_string(t.key), ":", json_string(t.text),
                            i + 1 == texts.size() ? "}" : ""});
    }
    std::size_t begin = 0;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const tensor_view& t = tensors[i];
        bool taken = false;
        for (std::size_t before = 0; before < i; ++before) taken = taken || tensors[before].name == t.name;
        check(t.name, taken);
        long long bytes = fact_of(t.dtype).bytes;
        std::string shape;
        bool fits = true;
        for (const long long extent : t.shape) {
            fits = fits && extent >= 0 && !__builtin_mul_overflow(bytes, extent, &bytes);
            shape += sentence({shape.empty() ? "" : ",", extent});
        }
        if (!fits || static_cast<std::size_t>(bytes) != t.bytes.size())
            raise<shape_error>(sentence({"strata: cannot write ", path, ": the tensor '", t.name, "' of shape [", shape,
                                         "] ", fact_of(t.dtype).name, " was given ", t.bytes.size(), " bytes."}));
        const std::size_t end = begin + t.bytes.size();
        header += sentence({header.size() == 1 ? "" : ",", json_string(t.name), ":{\"dtype\":\"", fact_of(t.dtype).name,
                            "\",\"shape\":[", shape, "],\"data_offsets\":[", begin, ",", end, "]}"});
        begin = end;
    }
    const std::size_t padding = 7 - header.size() % 8; // after the closing brace
    header += sentence({"}", std::string_view("       ", padding)});
    if (header.size() > longest_header)
        raise(
            sentence({"strata: cannot write ", path, ": its names and texts take ", header.size(),
                      " bytes, but the format allows only ", longest_header,
                      ". In a checkpoint they include the metrics of an unfinished epoch, and roc_auc keeps every "
                      "sample. Write checkpoints at the end of epochs (.every_epochs), or use evaluate for roc_auc."}));
    return header;
}

/// The pieces of a file: the header's length, the header, each tensor.
template <class = void>
[[nodiscard, gnu::cold]] std::vector<std::span<const std::byte>>
safetensors_pieces(const std::uint64_t& length, const std::string& header, std::span<const tensor_view> tensors) {
    std::vector<std::span<const std::byte>> pieces{std::as_bytes(std::span(&length, 1)),
                                                   std::as_bytes(std::span(header))};
    for (const tensor_view& t : tensors) pieces.push_back(t.bytes);
    return pieces;
}

} // namespace detail

/// write_safetensors(path, tensors, texts) — writes tensors and metadata as a safetensors file, all or nothing.
///
/// Tensors are written in the order given (see write_file). The header is padded with spaces so that the data begins at
/// a multiple of 8 bytes.
///
/// Errors   shape_error where a tensor's bytes do not fit its shape; error for a name or text that is not
///          UTF-8, a name given twice, or the reserved __metadata__: all before anything is written;
///          file_error from write_file
/// Source   github.com/huggingface/safetensors, README, "Format"
template <class = void>
[[gnu::cold]] void write_safetensors(const std::string& path, std::span<const tensor_view> tensors,
                                     std::span<const text_view> texts) {
    const std::string header = detail::safetensors_header_of(path, tensors, texts);
    const std::uint64_t length = header.size();
    write_file(path, detail::safetensors_pieces(length, header, tensors));
}

/// safetensors_bytes(tensors, texts) — the content of such a file, in memory.
/// Errors   as write_safetensors, before anything is written
template <class = void>
[[nodiscard, gnu::cold]] std::vector<std::byte> safetensors_bytes(std::span<const tensor_view> tensors,
                                                                  std::span<const text_view> texts) {
    const std::string header = detail::safetensors_header_of("the tensors", tensors, texts);
    const std::uint64_t length = header.size();
    const auto pieces = detail::safetensors_pieces(length, header, tensors);
    std::size_t size = 0;
    for (const auto piece : pieces) size += piece.size();
    std::vector<std::byte> bytes;
    bytes.reserve(size);
    for (const auto piece : pieces) bytes.insert(bytes.end(), piece.begin(), piece.end());
    return bytes;
}

/// The same, with metadata as read_safetensors returns them.
template <class = void>
[[gnu::cold]] void write_safetensors(const std::string& path, std::span<const tensor_view> tensors,
                                     const metadata& texts = {}) {
    std::vector<text_view> views;
    for (const auto& [key, text] : texts) views.push_back({key, text});
    write_safetensors(path, tensors, std::span<const text_view>(views));
}
template <class = void>
[[nodiscard, gnu::cold]] std::vector<std::byte> safetensors_bytes(std::span<const tensor_view> tensors,
                                                                  const metadata& texts = {}) {
    std::vector<text_view> views;
    for (const auto& [key, text] : texts) views.push_back({key, text});
    return safetensors_bytes(tensors, std::span<const text_view>(views));
}

} // namespace strata::inline STRATA_ABI::io
