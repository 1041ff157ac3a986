#pragma once
#include <strata/base/sentence.hpp>
#include <strata/io/beginning.hpp>
#include <strata/io/json.hpp>
#include <strata/io/read_file.hpp>
#include <strata/io/tensor_file.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::io {

namespace detail {

/// A tensor's entry in the header, with the place that a message about it names.
struct header_entry {
    tensor_view view;
    std::size_t begin = 0, end = 0; ///< data_offsets, counted from the end of the header
    std::size_t position = 0;       ///< of the entry in the file
};

/// Takes a header apart. Its functions are cold: they run once per file, and compile faster for size.
class safetensors_header {
  public:
    safetensors_header(std::string_view text, const std::string& path, std::size_t offset, std::size_t data_size)
        : json_(text, path, offset), path_(path), data_size_(data_size) {}

    std::vector<header_entry> tensors;
    io::metadata texts;

    [[gnu::cold]] void read() {
        names seen, keys;
        for (bool more = json_.open('{', '}'); more; more = json_.more('}')) {
            const std::size_t position = json_.position();
            std::string name = key(seen);
            if (name != "__metadata__") {
                tensors.push_back(tensor(std::move(name), position));
                continue;
            }
            texts.reserve(json_.strings_ahead() / 2); // a growing vector takes three times its length
            for (bool also = json_.open('{', '}'); also; also = json_.more('}')) {
                std::string text_key = key(keys);
                texts.emplace_back(std::move(text_key), json_.string());
            }
        }
        if (!json_.at_end()) json_.fail({"the header goes on after its closing brace."});
    }

    /// The tensors' indices in the order of their bytes, which must cover the data without overlap or gap.
    [[gnu::cold]] std::vector<std::size_t> byte_order() {
        struct range {
            std::size_t begin, end, index;
        };
        std::vector<range> ranges;
        for (const header_entry& t : tensors) ranges.push_back({t.begin, t.end, ranges.size()});
        std::sort(ranges.begin(), ranges.end(), [](const range& a, const range& b) {
            return a.begin != b.begin ? a.begin < b.begin : a.end != b.end ? a.end < b.end : a.index < b.index;
        });
        std::vector<std::size_t> order;
        std::size_t covered = 0;
        for (const range& r : ranges) {
            const header_entry& t = tensors[r.index];
            if (t.begin < covered) refuse(t, {"shares bytes with another tensor."});
            if (t.begin > covered)
                refuse(t, {"begins ", t.begin - covered,
                           " bytes after the end of the one before it, and the bytes between belong to no "
                           "tensor."});
            covered = t.end;
            order.push_back(r.index);
        }
        if (covered < data_size_)
            refuse_file(path_, json_.position() + covered,
                        {"the last ", data_size_ - covered, " bytes belong to no tensor."});
        return order;
    }

  private:
    using names = std::set<std::string>;

    /// The next member's name and colon; no name may come twice in one object.
    [[gnu::cold]] std::string key(names& seen) {
        const std::size_t position = json_.position();
        std::string name = json_.string();
        if (!seen.insert(name).second)
            refuse_file(path_, position, {"the name '", beginning(name), "' stands here a second time."});
        json_.expect(':');
        return name;
    }

    [[gnu::cold]] std::vector<long long> integers() {
        std::vector<long long> list;
        for (bool more = json_.open('[', ']'); more; more = json_.more(']')) list.push_back(json_.integer());
        return list;
    }

    [[gnu::cold]] header_entry tensor(std::string name, std::size_t position) {
        header_entry t;
        t.view.name = std::move(name);
        t.position = position;
        names seen;
        for (bool more = json_.open('{', '}'); more; more = json_.more('}')) {
            const std::size_t at = json_.position();
            const std::string part = key(seen);
            if (part == "dtype") {
                type(t);
            } else if (part == "shape") {
                t.view.shape = integers();
            } else if (part == "data_offsets") {
                const auto offsets = integers();
                if (offsets.size() != 2) refuse(t, {"needs two data_offsets, and has ", offsets.size(), "."});
                t.begin = static_cast<std::size_t>(offsets[0]);
                t.end = static_cast<std::size_t>(offsets[1]);
            } else {
                refuse_file(path_, at, {"'", beginning(part), "' is not a part of a tensor's description."});
            }
        }
        if (seen.size() != 3) refuse(t, {"needs a dtype, a shape and data_offsets, and one of them is missing."});
        if (t.begin > t.end || t.end > data_size_)
            refuse(t, {"lies at the bytes ", t.begin, " to ", t.end, " of the data, of which the file holds ",
                       data_size_, ". Was the file not copied whole? Copy it again."});
        check_size(t);
        return t;
    }

    [[gnu::cold]] void type(header_entry& t) {
        const std::string name = json_.string();
        for (const dtype_fact& fact : dtype_facts)
            if (fact.name == name) {
                t.view.dtype = fact.type;
                return;
            }
        for (const std::string_view unread : unread_dtypes)
            if (unread == name)
                refuse(t, {"has elements of the dtype ", name,
                           ", which strata does not read. Save it as F32, or leave it out of the file."});
        refuse(t, {"has elements of the unknown dtype '", beginning(name), "'."});
    }

    [[gnu::cold]] void check_size(const header_entry& t) const {
        // A zero extent makes the tensor empty, however large the others are: look for it before multiplying.
        long long bytes = fact_of(t.view.dtype).bytes;
        for (const long long extent : t.view.shape)
            if (extent == 0) bytes = 0;
        for (const long long extent : t.view.shape)
            if (bytes != 0 && __builtin_mul_overflow(bytes, extent, &bytes)) refuse(t, {"is larger than any memory."});
        if (static_cast<std::size_t>(bytes) != t.end - t.begin)
            refuse(t, {"needs ", bytes, " bytes for its shape and dtype, and its data_offsets give it ",
                       t.end - t.begin, "."});
    }

    [[noreturn, gnu::cold]] void refuse(const header_entry& t, std::initializer_list<word> why) const {
        refuse_file(path_, t.position, {"the tensor '", beginning(t.view.name), "' ", sentence(why)});
    }

    json_reader json_;
    const std::string& path_;
    std::size_t data_size_;
};

} // namespace detail

/// The longest header that the format's own reader takes.
inline constexpr std::uint64_t longest_header = 100'000'000;

/// Reads a safetensors file, all or nothing. Everything the header says is checked before memory is taken for
/// the data: its length against the file's, UTF-8, JSON, names (once each), dtypes, shapes against byte
/// ranges, and that the tensors cover the data exactly, without overlap or gap. It takes the memory of the
/// data, and while it reads the header at most 20 times the header's length.
///
/// Errors   file_error, naming the file and the byte
/// Source   github.com/huggingface/safetensors, README, "Format"
[[nodiscard, gnu::cold]] inline tensor_file read_safetensors(const std::string& path) {
    open_file opened(path);
    const unsigned long long size = opened.size();
    std::uint64_t length = 0;
    if (opened.read(&length, 8) < 8)
        refuse_file(path, size, {"a safetensors file begins with 8 bytes of header length, and this one is shorter."});
    if (length > size - 8)
        refuse_file(path, 0,
                    {"the header claims ", length, " bytes, and the file holds ", size - 8,
                     " after this number: it is not a safetensors file, or was not copied whole."});
    if (length > longest_header)
        refuse_file(path, 0,
                    {"the header claims ", length, " bytes, and the format allows ", longest_header,
                     ": it is not a safetensors file."});
    tensor_file file;
    std::vector<std::size_t> sizes;
    {
        const byte_block words = read_bytes(opened, 8, length);
        const std::string_view text(reinterpret_cast<const char*>(words.data()), words.size());
        if (text.empty() || text[0] != '{')
            refuse_file(path, 8, {"the header does not begin with '{', as the format asks."});
        detail::safetensors_header header(text, path, 8, static_cast<std::size_t>(size - 8 - length));
        header.read();
        for (const std::size_t i : header.byte_order()) {
            sizes.push_back(header.tensors[i].end - header.tensors[i].begin);
            file.tensors.push_back(std::move(header.tensors[i].view));
        }
        file.metadata = std::move(header.texts);
    }
    file.content.push_back(read_bytes(opened, 8 + length, size - 8 - length));
    const std::byte* from = file.content[0].data(); // in this order one tensor begins where the one before it ends
    for (std::size_t i = 0; i < sizes.size(); from += sizes[i++]) file.tensors[i].bytes = {from, sizes[i]};
    return file;
}

} // namespace strata::inline STRATA_ABI::io
