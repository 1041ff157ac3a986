#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/io/json.hpp>
#include <strata/io/tensor_file.hpp>
#include <strata/io/utf8.hpp>
#include <strata/io/write_file.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::io {

/// A text about a file, in somebody else's memory.
struct text_view {
    std::string_view key, text;
};

/// Writes tensors and texts about them as a safetensors file, in the order given, all or nothing (see write_file).
/// The header is padded with spaces so that the data begins at a multiple of 8 bytes.
///
/// Errors   shape_error where a tensor's bytes do not fit its shape; error for a name or text that is not
///          UTF-8, a name given twice, or the reserved __metadata__: all before anything is written;
///          file_error from write_file
/// Source   github.com/huggingface/safetensors, README, "Format"
[[gnu::cold]] inline void write_safetensors(const std::string& path, std::span<const tensor_view> tensors,
                                            std::span<const text_view> texts) {
    const auto check = [&](std::string_view name, bool taken) {
        const bool legal = find_invalid_utf8(name) == std::string_view::npos;
        if (legal && !taken && name != "__metadata__") return;
        raise(sentence({"strata: cannot write ", path, ": the name '", name,
                        legal ? "' is taken; each tensor and each text needs its own." : "' is not UTF-8."}));
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
    std::vector<std::span<const std::byte>> pieces(2 + tensors.size());
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
        pieces[2 + i] = t.bytes;
    }
    const std::size_t padding = 7 - header.size() % 8; // after the closing brace
    header += sentence({"}", std::string_view("       ", padding)});
    const std::uint64_t length = header.size();
    pieces[0] = std::as_bytes(std::span(&length, 1));
    pieces[1] = std::as_bytes(std::span(header));
    write_file(path, pieces);
}

/// The same with texts as read_safetensors gives them.
[[gnu::cold]] inline void write_safetensors(const std::string& path, std::span<const tensor_view> tensors,
                                            const metadata& texts = {}) {
    std::vector<text_view> views;
    for (const auto& [key, text] : texts) views.push_back({key, text});
    write_safetensors(path, tensors, std::span<const text_view>(views));
}

} // namespace strata::inline STRATA_ABI::io
