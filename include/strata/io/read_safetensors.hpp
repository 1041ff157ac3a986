#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <set>
#include <span>
#include <strata/io/json.hpp>
#include <strata/io/read_file.hpp>
#include <strata/io/tensor_file.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline v0_1::io {

namespace detail {

/// A tensor's entry in the header, with the place that a message about it names.
struct header_entry {
    tensor_view view;
    std::size_t begin = 0, end = 0; ///< data_offsets, counted from the end of the header
    std::size_t position = 0;       ///< of the entry in the file
};

class safetensors_header {
  public:
    safetensors_header(std::string_view text, const std::string& path, std::size_t offset, std::size_t data_size)
        : json_(text, path, offset), path_(path), data_size_(data_size) {}

    /// Takes the whole header apart, into `tensors` (ordered by their bytes) and `texts`.
    void read(std::vector<header_entry>& tensors, metadata& texts) {
        object([&](std::string name, std::size_t position) {
            if (name == "__metadata__")
                return object([&](std::string key, std::size_t) { texts.emplace_back(std::move(key), json_.string()); });
            tensors.push_back(tensor(std::move(name), position));
        });
        if (!json_.at_end()) json_.fail("the header goes on after its closing brace.");
        std::sort(tensors.begin(), tensors.end(), [](const header_entry& a, const header_entry& b) {
            return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
        });
        std::size_t covered = 0;
        for (const header_entry& t : tensors) {
            if (t.begin < covered) refuse(t, "shares bytes with another tensor.");
            if (t.begin > covered)
                refuse(t, "begins " + std::to_string(t.begin - covered)
                              + " bytes after the end of the one before it, and the bytes between belong to no tensor.");
            covered = t.end;
        }
        if (covered < data_size_)
            refuse_file(path_, json_.position() + covered,
                        "the last " + std::to_string(data_size_ - covered) + " bytes belong to no tensor.");
    }

  private:
    /// Reads { "key": …, … }, calling `value(key, position of the key)` where each value stands; no key may come twice.
    template <class Value>
    void object(Value value) {
        std::set<std::string> seen;
        json_.expect('{');
        if (json_.accept('}')) return;
        do {
            const std::size_t position = json_.position();
            std::string key = json_.string();
            if (!seen.insert(key).second) refuse_file(path_, position, "the name '" + key + "' stands here a second time.");
            json_.expect(':');
            value(std::move(key), position);
        } while (json_.accept(','));
        json_.expect('}');
    }

    header_entry tensor(std::string name, std::size_t position) {
        header_entry t;
        t.view.name = std::move(name);
        t.position = position;
        int parts = 0;
        object([&](const std::string& key, std::size_t at) {
            ++parts;
            if (key == "dtype") return type(t);
            if (key == "shape") return list([&] { t.view.shape.push_back(json_.integer()); });
            if (key != "data_offsets") refuse_file(path_, at, "'" + key + "' is not a part of a tensor's description.");
            std::vector<long long> offsets;
            list([&] { offsets.push_back(json_.integer()); });
            if (offsets.size() != 2) refuse(t, "needs two data_offsets, and has " + std::to_string(offsets.size()) + ".");
            t.begin = static_cast<std::size_t>(offsets[0]);
            t.end = static_cast<std::size_t>(offsets[1]);
        });
        if (parts != 3) refuse(t, "needs a dtype, a shape and data_offsets, and one of them is missing.");
        if (t.begin > t.end || t.end > data_size_)
            refuse(t, "lies at the bytes " + std::to_string(t.begin) + " to " + std::to_string(t.end)
                          + " of the data, of which the file holds " + std::to_string(data_size_) + ".");
        check_size(t);
        return t;
    }

    void type(header_entry& t) {
        const std::string name = json_.string();
        for (const dtype_fact& fact : dtype_facts)
            if (fact.name == name) {
                t.view.dtype = fact.type;
                return;
            }
        refuse(t, "has elements of the unknown dtype '" + name + "'.");
    }

    void check_size(const header_entry& t) const {
        // A zero extent makes the tensor empty, however large the others are: look for it before multiplying.
        long long bytes = fact_of(t.view.dtype).bytes;
        for (const long long extent : t.view.shape)
            if (extent == 0) bytes = 0;
        for (const long long extent : t.view.shape)
            if (bytes != 0 && __builtin_mul_overflow(bytes, extent, &bytes)) refuse(t, "is larger than any memory.");
        if (static_cast<std::size_t>(bytes) != t.end - t.begin)
            refuse(t, "needs " + std::to_string(bytes) + " bytes for its shape and dtype, and its data_offsets give it "
                          + std::to_string(t.end - t.begin) + ".");
    }

    template <class Item>
    void list(Item item) {
        json_.expect('[');
        if (json_.accept(']')) return;
        do item();
        while (json_.accept(','));
        json_.expect(']');
    }

    [[noreturn]] void refuse(const header_entry& t, const std::string& why) const {
        refuse_file(path_, t.position, "the tensor '" + t.view.name + "' " + why);
    }

    json_reader json_;
    const std::string& path_;
    std::size_t data_size_;
};

} // namespace detail

/// Reads a safetensors file, all or nothing. Everything the header says is checked before anything is used: its length
/// against the file's, UTF-8, JSON, names (once each), dtypes, shapes against byte ranges, and that the tensors
/// cover the data exactly, without overlap or gap.
///
/// Errors   file_error, naming the file and the byte
/// Source   github.com/huggingface/safetensors, README, "Format"
[[nodiscard]] inline tensor_file read_safetensors(const std::string& path) {
    tensor_file file;
    file.content = read_file(path);
    const std::size_t size = file.content.size();
    if (size < 8)
        refuse_file(path, size, "a safetensors file begins with 8 bytes of header length, and this one is shorter.");
    std::uint64_t length = 0;
    std::memcpy(&length, file.content.data(), 8);
    if (length > size - 8)
        refuse_file(path, 0, "the header claims " + std::to_string(length) + " bytes, and the file holds "
                                 + std::to_string(size - 8)
                                 + " after this number: it is not a safetensors file, or was not copied whole.");
    const std::span<const std::byte> data = std::span(file.content).subspan(8 + static_cast<std::size_t>(length));
    const std::string_view text(reinterpret_cast<const char*>(file.content.data()) + 8, static_cast<std::size_t>(length));
    if (text.empty() || text[0] != '{') refuse_file(path, 8, "the header does not begin with '{', as the format asks.");

    std::vector<detail::header_entry> entries;
    detail::safetensors_header(text, path, 8, data.size()).read(entries, file.metadata);
    file.tensors.reserve(entries.size());
    for (detail::header_entry& entry : entries) {
        entry.view.bytes = data.subspan(entry.begin, entry.end - entry.begin);
        file.tensors.push_back(std::move(entry.view));
    }
    return file;
}

} // namespace strata::inline v0_1::io
