#pragma once
/// name_map — maps the tensor names and layouts of another program's file to those of a network:
///
///   net.load("keras.safetensors",
///            {{"conv1/kernel", "0.weight", {3, 2, 0, 1}},                 // [H, W, I, O] in the file
///             {"conv1/bias", "0.bias"},
///             {"fc1/kernel", "7.weight", {3, 2, 0, 1}, {5, 5, 16, 120}},  // of flattened [H, W, C]
///             {"fc1/bias", "7.bias"},
///             {"head.*", "9.*"},                                          // all names that begin with head.
///             {"optimizer.*", ""}});                                      // left out
///
/// A tensor without an entry keeps its name. If several entries match, a whole name takes precedence over a prefix, and
/// then the first entry. An entry that can never match, or whose tensors are not in the file, is an error. An entry
/// whose tensors are all taken by others is not: {"head.*", "9.*"} after {"head.bias", "9.b"}. Neither is one that
/// leaves tensors out: {"optimizer.*", ""} is for files with and without them.
#include <strata/model/files/model_file.hpp>

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <utility>

namespace strata::inline STRATA_ABI {

class name_map {
  public:
    struct entry {
        std::string in_file; ///< a name, or with * at its end the beginning of some
        std::string here;    ///< the network's name, with * as well; empty: the tensor is left out
        /// Extent k here is extent axes[k] in the file, as numpy.transpose has it.
        std::vector<int> axes = {};
        /// The extents that axes count, where the file's are joined or split ones.
        std::vector<long long> seen_as = {};
    };
    name_map(std::initializer_list<entry> entries) : entries_(entries) {}
    explicit name_map(std::vector<entry> entries) : entries_(std::move(entries)) {}

    [[nodiscard]] const std::vector<entry>& entries() const { return entries_; }
    /// The entry for a tensor of a file, or nullptr.
    [[nodiscard, gnu::cold]] const entry* find(std::string_view name) const {
        const entry* beginning = nullptr;
        for (const entry& e : entries_) {
            if (e.in_file == name) return &e;
            if (beginning == nullptr && meets(e, name)) beginning = &e;
        }
        return beginning;
    }
    /// Whether an entry is for this name.
    [[nodiscard, gnu::cold]] static bool meets(const entry& e, std::string_view name) {
        return e.in_file == name || (begins(e) && name.substr(0, e.in_file.size() - 1) == stem(e.in_file));
    }
    /// An entry before this one that takes every name it could, or nullptr.
    [[nodiscard, gnu::cold]] const entry* find_cover(const entry& e) const {
        for (const entry& other : entries_) {
            if (&other == &e) break;
            if (begins(e) ? begins(other) && meets(other, stem(e.in_file)) : other.in_file == e.in_file) return &other;
        }
        return nullptr;
    }
    /// Whether an entry is for all names that begin so.
    [[nodiscard]] static bool begins(const entry& e) { return !e.in_file.empty() && e.in_file.back() == '*'; }
    /// A name without the * at its end.
    [[nodiscard]] static std::string_view stem(std::string_view name) { return name.substr(0, name.size() - 1); }

  private:
    std::vector<entry> entries_;
};

namespace detail {

/// The tensor with its extents in another order: extent k of the result is extent axes[k] of `t`.
/// Null where there is no memory for it.
[[gnu::cold, gnu::noinline]] inline io::byte_block with_axes(const io::tensor_view& t, const std::vector<int>& axes) {
    const std::size_t rank = axes.size(), width = static_cast<std::size_t>(io::fact_of(t.dtype).bytes);
    std::vector<std::size_t> extents(rank), strides(rank, width), at(rank, 0);
    for (std::size_t k = rank; k-- > 1;) strides[k - 1] = strides[k] * static_cast<std::size_t>(t.shape[k]);
    std::vector<std::size_t> steps(rank);
    for (std::size_t k = 0; k < rank; ++k)
        extents[k] = static_cast<std::size_t>(t.shape[static_cast<std::size_t>(axes[k])]),
        steps[k] = strides[static_cast<std::size_t>(axes[k])];
    io::byte_block turned(t.bytes.size(), std::nothrow);
    std::size_t from = 0;
    for (std::size_t to = 0; to < turned.size(); to += width) {
        std::memcpy(turned.data() + to, t.bytes.data() + from, width);
        for (std::size_t k = rank; k-- > 0;) { // the next place, the last extent fastest
            from += steps[k];
            if (++at[k] < extents[k]) break;
            from -= steps[k] * extents[k], at[k] = 0;
        }
    }
    return turned;
}

/// Whether a shape is another one with neighbouring extents joined or split.
[[gnu::cold, gnu::noinline]] inline bool joins_to(const std::vector<long long>& a, const std::vector<long long>& b) {
    const auto &more = a.size() < b.size() ? b : a, &fewer = a.size() < b.size() ? a : b;
    std::size_t k = 0;
    for (const long long extent : fewer) {
        long long joined = 1;
        while (k < more.size() && joined < extent && more[k] > 0)
            if (__builtin_mul_overflow(joined, more[k++], &joined)) return false;
        if (joined != extent) return false;
    }
    while (k < more.size() && more[k] == 1) ++k;
    return k == more.size();
}

/// Whether axes name each of `rank` extents once.
[[gnu::cold, gnu::noinline]] inline bool names_each_extent(std::vector<int> axes, std::size_t rank) {
    std::sort(axes.begin(), axes.end());
    bool each = axes.size() == rank;
    for (std::size_t k = 0; k < axes.size(); ++k) each = each && axes[k] == static_cast<int>(k);
    return each;
}

/// Turns a tensor as an entry says, into memory of its file. What is wrong, or nothing.
[[gnu::cold, gnu::noinline]] inline std::string turn(io::tensor_view& t, const name_map::entry& e,
                                                     io::tensor_file& file) {
    if (!e.seen_as.empty()) {
        if (!joins_to(t.shape, e.seen_as))
            return sentence(
                {words_of_extents(t.shape), " in the file, but cannot be reshaped to ", words_of_extents(e.seen_as)});
        t.shape = e.seen_as;
    }
    if (e.axes.empty()) return {};
    if (!names_each_extent(e.axes, t.shape.size()))
        return sentence({words_of_extents(t.shape), " in the file, but the name map's axes are not its ",
                         t.shape.size(), ", counted from 0, each once"});
    file.content.push_back(with_axes(t, e.axes));
    if (file.content.back().data() == nullptr) return "not enough memory to transpose it";
    t.bytes = {file.content.back().data(), file.content.back().size()};
    std::vector<long long> extents;
    for (const int axis : e.axes) extents.push_back(t.shape[static_cast<std::size_t>(axis)]);
    t.shape = std::move(extents);
    return {};
}

/// The file's tensors as a map names and turns them, `origins` the names they had. What cannot be done is a
/// line of `differences`.
[[gnu::cold, gnu::noinline]] inline void apply_names(const name_map& names, io::tensor_file& file,
                                                     std::span<const wanted_tensor> wanted,
                                                     std::vector<std::string>& origins, std::string& differences) {
    const auto differs = [&](std::string_view name, std::initializer_list<sentence_part> why) {
        differences += sentence({"\n  ", io::beginning(name), ": ", sentence(why)});
    };
    std::vector<const name_map::entry*> used, met;
    std::vector<io::tensor_view> kept;
    for (io::tensor_view& t : file.tensors) {
        const name_map::entry* const e = names.find(t.name);
        for (const name_map::entry& other : names.entries())
            if (name_map::meets(other, t.name)) met.push_back(&other);
        std::string origin;
        if (e != nullptr) {
            used.push_back(e);
            if (e->here.empty()) continue;
            const bool many = name_map::begins(*e);
            if (many != (e->here.back() == '*') || (many && !(e->axes.empty() && e->seen_as.empty()))) {
                differs(t.name, {"the name map's ", e->in_file, " and ", e->here,
                                 " do not match: a * must end both names or neither, and axes apply to one tensor"});
                continue;
            }
            origin = t.name;
            t.name = !many ? e->here : sentence({name_map::stem(e->here), origin.substr(e->in_file.size() - 1)});
            if (const std::string wrong = turn(t, *e, file); !wrong.empty()) {
                differs(origin, {wrong});
                continue;
            }
            if (!e->seen_as.empty())
                for (const wanted_tensor& w : wanted)
                    if (w.name == t.name && joins_to(t.shape, w.extents)) t.shape = w.extents;
        }
        kept.push_back(std::move(t));
        origins.push_back(std::move(origin));
    }
    file.tensors = std::move(kept);
    const auto among = [](const auto& some, const name_map::entry& e) {
        return std::find(some.begin(), some.end(), &e) != some.end();
    };
    for (const name_map::entry& e : names.entries()) {
        if (e.here.empty() || among(used, e)) continue;
        if (!among(met, e)) differs(e.in_file, {"in the name map, not in the file"});
        else if (const name_map::entry* const cover = names.find_cover(e))
            differs(e.in_file, {"never used, because ", cover->in_file, " comes before it in the name map"});
    }
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] void working_model<Net, Policy, Precision>::load(const io::file_or_bytes& from,
                                                                              const name_map& names) {
    if (const std::string wrong = loaded(from, &names, &apply_names); !wrong.empty()) raise<file_error>(wrong);
}
template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] load_result
working_model<Net, Policy, Precision>::try_load(const io::file_or_bytes& from, const name_map& names) noexcept {
    return without_exceptions([&] { return loaded(from, &names, &apply_names); });
}

} // namespace detail

} // namespace strata::inline STRATA_ABI
