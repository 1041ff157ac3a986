#pragma once
#include <strata/base/words/sentence.hpp>
#include <strata/io/beginning.hpp>
#include <strata/io/file_or_bytes.hpp>
#include <strata/io/read_file.hpp>
#include <strata/io/tensors/distinct_names.hpp>
#include <strata/io/tensors/foreign_format.hpp>
#include <strata/io/tensors/tensor_file.hpp>
#include <strata/io/text/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <new>
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

/// Takes a header apart. Its functions are cold: they run once per file, and compile faster for size. The first thing
/// that is wrong stays in wrong(), and what is read after it counts for nothing.
template <class = void>
class safetensors_header {
  public:
    safetensors_header(std::string_view text, const std::string& path, std::size_t offset, std::size_t data_size)
        : json_(text, path, offset), data_size_(data_size) {}

    std::vector<header_entry> tensors;
    io::metadata texts;

    [[nodiscard]] const std::string& wrong() const { return json_.wrong(); }

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
        if (!json_.at_end()) json_.fail({"the header continues after its closing brace."});
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
                           " bytes after the previous tensor ends, and no tensor owns the bytes in between."});
            covered = t.end;
            order.push_back(r.index);
        }
        if (covered < data_size_)
            json_.fail(json_.position() + covered, {"the last ", data_size_ - covered, " bytes belong to no tensor."});
        return order;
    }

  private:
    using names = distinct_names<>;

    /// The next member's name and colon; no name may come twice in one object.
    [[gnu::cold]] std::string key(names& seen) {
        const std::size_t position = json_.position();
        std::string name = json_.string();
        if (!seen.insert(name)) json_.fail(position, {"the name '", beginning(name), "' occurs twice."});
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
                if (offsets.size() != 2) {
                    refuse(t, {"needs two data_offsets, but has ", offsets.size(), "."});
                    return t;
                }
                t.begin = static_cast<std::size_t>(offsets[0]);
                t.end = static_cast<std::size_t>(offsets[1]);
            } else {
                json_.fail(at, {"'", beginning(part), "' is not a valid field of a tensor."});
            }
        }
        if (seen.size() != 3) refuse(t, {"needs a dtype, a shape and data_offsets, but one is missing."});
        if (t.begin > t.end || t.end > data_size_)
            refuse(t, {"occupies the bytes ", t.begin, " to ", t.end, " of the data, but the file contains only ",
                       data_size_, ". Is the copy incomplete? Copy it again."});
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
                           ", which strata does not support. Save it as F32, or leave it out of the file."});
        refuse(t, {"has elements of the unknown dtype '", beginning(name), "'."});
    }

    [[gnu::cold]] void check_size(const header_entry& t) {
        // A zero extent makes the tensor empty, however large the others are: look for it before multiplying.
        long long bytes = fact_of(t.view.dtype).bytes;
        for (const long long extent : t.view.shape)
            if (extent == 0) bytes = 0;
        for (const long long extent : t.view.shape)
            if (bytes != 0 && __builtin_mul_overflow(bytes, extent, &bytes))
                return refuse(t, {"is too large for any memory."});
        if (static_cast<std::size_t>(bytes) != t.end - t.begin)
            refuse(t, {"needs ", bytes, " bytes for its shape and dtype, but its data_offsets give it ",
                       t.end - t.begin, "."});
    }

    [[gnu::cold]] void refuse(const header_entry& t, std::initializer_list<sentence_part> why) {
        json_.fail(t.position, {"the tensor '", beginning(t.view.name), "' ", sentence(why)});
    }

    json_reader json_;
    std::size_t data_size_;
};

/// Where a file's header is; `wrong` where that cannot be, or the file begins like one of another format.
struct header_place {
    std::size_t length = 0;
    std::string wrong;
};
template <class = void>
[[nodiscard, gnu::cold]] header_place find_header(std::string_view beginning, unsigned long long size,
                                                  const std::string& path) {
    header_place found;
    std::uint64_t length = 0;
    if (beginning.size() >= 8) std::memcpy(&length, beginning.data(), 8);
    if (beginning.size() < 8)
        found.wrong = file_fault(path, size,
                                 {"a safetensors file begins with an 8-byte header length, but this one is shorter."});
    else if (length > size - 8)
        found.wrong = file_fault(path, 0,
                                 {"the header claims ", length, " bytes, but the file contains only ", size - 8,
                                  " after it: this is not a safetensors file, or the copy is incomplete."});
    else if (length > longest_header)
        found.wrong = file_fault(path, 0,
                                 {"the header claims ", length, " bytes, but the format allows only ", longest_header,
                                  ". This is not a safetensors file."});
    else if (length == 0 || beginning.size() < 9 || beginning[8] != '{')
        found.wrong = file_fault(path, 8, {"the header does not begin with '{', as the format requires."});
    else found.length = static_cast<std::size_t>(length);
    if (!found.wrong.empty())
        if (const std::string known = foreign_format(beginning, path); !known.empty())
            found.wrong = sentence({"strata: ", path, known});
    return found;
}

/// Reads a header into tensors, in the order of their bytes, which begin at null. What is wrong, or nothing.
template <class = void>
[[nodiscard, gnu::cold]] std::string read_header(std::string_view text, const std::string& path,
                                                 unsigned long long data_size, tensor_file& file,
                                                 std::vector<std::size_t>& sizes) {
    safetensors_header<> header(text, path, 8, static_cast<std::size_t>(data_size));
    header.read();
    if (!header.wrong().empty()) return header.wrong();
    for (const std::size_t i : header.byte_order()) {
        sizes.push_back(header.tensors[i].end - header.tensors[i].begin);
        file.tensors.push_back(std::move(header.tensors[i].view));
    }
    file.metadata = std::move(header.texts);
    return header.wrong();
}
/// In this order one tensor begins where the one before it ends.
template <class = void>
[[gnu::cold]] void place_tensors(tensor_file& file, const std::vector<std::size_t>& sizes, const std::byte* from) {
    for (std::size_t i = 0; i < sizes.size(); from += sizes[i++]) file.tensors[i].bytes = {from, sizes[i]};
}

/// Reads the tensors of a file, or of a file's content, into an empty `file`. What is wrong, or nothing: no exception.
template <class = void>
[[nodiscard, gnu::cold, gnu::noinline]] std::string read_tensors(const file_or_bytes& from, tensor_file& file) {
    const std::string path = from.name();
    std::vector<std::size_t> sizes;
    std::string wrong;
    if (from.in_memory()) {
        const std::string_view all(reinterpret_cast<const char*>(from.bytes().data()), from.bytes().size());
        const header_place header = find_header(all.substr(0, telling_bytes), all.size(), path);
        if (!header.wrong.empty()) return header.wrong;
        wrong = read_header(all.substr(8, header.length), path, all.size() - 8 - header.length, file, sizes);
        if (wrong.empty()) place_tensors(file, sizes, from.bytes().data() + 8 + header.length);
        return wrong;
    }
    open_file opened(path, wrong);
    if (!wrong.empty()) return wrong;
    const unsigned long long size = opened.size();
    char beginning[telling_bytes];
    const std::size_t got = opened.read(beginning, sizeof beginning, wrong);
    if (!wrong.empty()) return wrong;
    const header_place header = find_header({beginning, got}, size, path);
    if (!header.wrong.empty()) return header.wrong;
    // The next `bytes` of the file, of which those before `at` were read, some into `beginning`.
    const auto next = [&](unsigned long long at, unsigned long long bytes) {
        byte_block block(bytes, std::nothrow);
        if (block.data() == nullptr) {
            wrong = sentence(
                {"strata: cannot read ", path, ": not enough memory for its ", bytes, " bytes. Is it the right file?"});
            return block;
        }
        std::size_t there = at < got ? got - static_cast<std::size_t>(at) : 0;
        if (there > bytes) there = static_cast<std::size_t>(bytes);
        if (there > 0) std::memcpy(block.data(), beginning + at, there);
        const std::size_t more = static_cast<std::size_t>(bytes) - there;
        if (const std::size_t read = opened.read(block.data() + there, more, wrong); read < more && wrong.empty())
            wrong = file_fault(path, at + there + read, {"the file was truncated while it was being read. Try again."});
        return block;
    };
    {
        const byte_block words = next(8, header.length);
        if (wrong.empty())
            wrong = read_header({reinterpret_cast<const char*>(words.data()), words.size()}, path,
                                size - 8 - header.length, file, sizes);
    }
    if (!wrong.empty()) return wrong;
    file.content.push_back(next(8 + header.length, size - 8 - header.length));
    if (wrong.empty()) place_tensors(file, sizes, file.content[0].data());
    return wrong;
}

} // namespace detail

/// read_safetensors(from) — reads a safetensors file, or a file's content in memory, all or nothing.
///
///   auto file = strata::io::read_safetensors("net.safetensors");
///   auto same = strata::io::read_safetensors(std::span<const std::byte>(bytes));
///
/// Everything the header says is checked before memory is allocated for the data: its length against the file's, UTF-8,
/// JSON, unique names, dtypes, shapes against byte ranges, and that the tensors cover the data exactly, without overlap
/// or gap. It allocates the size of the data, and while it reads the header at most 20 times the header's length. Bytes
/// in memory are not copied: the tensors refer to them, so they must outlive the result.
///
/// Errors   file_error, naming the file and the byte; for a file of PyTorch, Keras, NumPy or ONNX it says how to
///          convert it
/// Source   github.com/huggingface/safetensors, README, "Format"
template <class = void>
[[nodiscard, gnu::cold]] tensor_file read_safetensors(const file_or_bytes& from) {
    tensor_file file;
    if (const std::string wrong = detail::read_tensors(from, file); !wrong.empty()) raise<file_error>(wrong);
    return file;
}

} // namespace strata::inline STRATA_ABI::io
