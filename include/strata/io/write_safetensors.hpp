#pragma once
#include <cstddef>
#include <cstdint>
#include <set>
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

namespace strata::inline v0_1::io {

/// Writes tensors and metadata as a safetensors file, in the order given, all or nothing (see write_file).
/// The header is padded with spaces so that the data begins at a multiple of 8 bytes.
///
/// Errors   shape_error where a tensor's bytes do not fit its shape; error for a name or text that is not
///          UTF-8, a name given twice, or the reserved __metadata__: all before anything is written;
///          file_error from write_file
/// Source   github.com/huggingface/safetensors, README, "Format"
[[gnu::cold]] inline void write_safetensors(const std::string& path, std::span<const tensor_view> tensors,
                                            const metadata& texts = {}) {
    std::set<std::string> seen;
    const auto check = [&](std::string_view name) {
        if (find_invalid_utf8(name) != std::string_view::npos)
            raise(sentence({"strata: cannot write ", path, ": the name '", name, "' is not UTF-8."}));
        if (name == "__metadata__" || !seen.insert(std::string(name)).second)
            raise(sentence({"strata: cannot write ", path, ": the name '", name,
                            "' is taken; each tensor and each text needs its own."}));
    };
    std::string header = "{";
    if (!texts.empty()) {
        header += "\"__metadata__\":{";
        for (const auto& [key, text] : texts) {
            check(key);
            if (find_invalid_utf8(text) != std::string_view::npos)
                raise(sentence({"strata: cannot write ", path, ": the text of '", key, "' is not UTF-8."}));
            header += sentence({header.back() == '{' ? "" : ",", json_string(key), ":", json_string(text)});
        }
        header += "}";
        seen.clear();
    }
    std::size_t begin = 0;
    std::vector<std::span<const std::byte>> pieces(2);
    for (const tensor_view& t : tensors) {
        check(t.name);
        long long bytes = fact_of(t.dtype).bytes;
        std::string shape;
        bool fits = true;
        for (const long long extent : t.shape) {
            fits = fits && extent >= 0 && !__builtin_mul_overflow(bytes, extent, &bytes);
            shape += sentence({shape.empty() ? "" : ",", extent});
        }
        if (!fits || static_cast<std::size_t>(bytes) != t.bytes.size())
            raise<shape_error>(
                sentence({"strata: cannot write ", path, ": the tensor '", t.name, "' of shape [", shape,
                          "] ", fact_of(t.dtype).name, " was given ", t.bytes.size(), " bytes."}));
        const std::size_t end = begin + t.bytes.size();
        header += sentence({header.size() == 1 ? "" : ",", json_string(t.name), ":{\"dtype\":\"",
                            fact_of(t.dtype).name, "\",\"shape\":[", shape, "],\"data_offsets\":[", begin,
                            ",", end, "]}"});
        begin = end;
        pieces.push_back(t.bytes);
    }
    header += "}";
    header.resize((header.size() + 7) / 8 * 8, ' ');
    const std::uint64_t length = header.size();
    pieces[0] = std::as_bytes(std::span(&length, 1));
    pieces[1] = std::as_bytes(std::span(header));
    write_file(path, pieces);
}

} // namespace strata::inline v0_1::io
