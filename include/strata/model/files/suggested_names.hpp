#pragma once
/// suggested_names — the name_map that would load a file with other names or orders, for a message.
/// Tensors are paired layer by layer, in the order of the network and of the file's names, where shapes and the last
/// words of the names (kernel and weight, moving_mean and running_mean) agree.
#include <strata/io/file_or_bytes.hpp>
#include <strata/model/files/tensor_match.hpp>

#include <utility>

namespace strata::inline STRATA_ABI::detail {

/// "conv1.weight" → "conv1." and "weight"; Keras's ":0" is no part of either.
struct name_parts {
    std::string_view stem, last;
    explicit name_parts(std::string_view name) {
        const std::size_t end = name.find_last_of("./");
        stem = name.substr(0, end + 1); // npos + 1 is 0
        last = name.substr(end + 1);
        last = last.substr(0, last.find(':'));
    }
};

/// What a parameter is for, from the last word of its name: 'w', 'b', 'm' and 'v' of statistics, or 0 if not known.
[[gnu::cold, gnu::noinline]] inline char purpose_of(std::string_view last) {
    constexpr std::pair<std::string_view, char> known[] = {{"weight", 'w'},
                                                           {"weights", 'w'},
                                                           {"kernel", 'w'},
                                                           {"depthwise_kernel", 'w'},
                                                           {"gamma", 'w'},
                                                           {"scale", 'w'},
                                                           {"w", 'w'},
                                                           {"W", 'w'},
                                                           {"bias", 'b'},
                                                           {"biases", 'b'},
                                                           {"beta", 'b'},
                                                           {"b", 'b'},
                                                           {"B", 'b'},
                                                           {"running_mean", 'm'},
                                                           {"moving_mean", 'm'},
                                                           {"mean", 'm'},
                                                           {"running_var", 'v'},
                                                           {"var", 'v'},
                                                           {"moving_variance", 'v'},
                                                           {"variance", 'v'},
                                                           {"moving_var", 'v'}};
    for (const auto& [word, purpose] : known)
        if (word == last) return purpose;
    return 0;
}

/// Whether a name can stand in a program, and in a message, as it is.
[[gnu::cold, gnu::noinline]] inline bool printable(std::string_view name) {
    for (const char c : name)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '"' || c == '\\') return false;
    return name.size() <= 200;
}

/// Axes of other programs: Keras and TensorFlow keep [in, out], [K, in, out] and [H, W, in, out].
struct other_axes {
    const char* words;
    std::size_t rank;
    std::size_t axis[4];
};
[[gnu::cold, gnu::noinline]] inline const other_axes* axes_of(std::string_view last, std::size_t rank) {
    static constexpr other_axes all[] = {{", {1, 0}", 2, {1, 0}},
                                         {", {2, 1, 0}", 3, {2, 1, 0}},
                                         {", {3, 2, 0, 1}", 4, {3, 2, 0, 1}},
                                         {", {2, 3, 0, 1}", 4, {2, 3, 0, 1}}};
    for (const other_axes& a : all)
        if (a.rank == rank && (rank < 4 || (last == "depthwise_kernel") == (a.axis[0] == 2))) return &a;
    return nullptr;
}

/// How a tensor can be for a parameter: not, as it is, with its axes turned, or as a flattened image of channels last.
enum class how { not_at_all, as_it_is, turned, as_image };

template <class = void>
[[gnu::cold, gnu::noinline]] how suits(const io::tensor_view& t, const wanted_tensor& w) {
    const name_parts there(t.name), here(w.name);
    const char a = purpose_of(there.last), b = purpose_of(here.last);
    if (!holds_numbers(t) || (a != b && a != 0 && b != 0) || !printable(t.name)) return how::not_at_all;
    const bool keras = there.last.size() >= 6 && there.last.substr(there.last.size() - 6) == "kernel";
    if (!keras && same_but_for_ones(t.shape, w.extents)) return how::as_it_is;
    const other_axes* const axes = axes_of(there.last, t.shape.size());
    if (axes == nullptr || b == 'b') return how::not_at_all;
    const shape& i = w.image;
    if (t.shape.size() == 2 && i.rank == 3 && i.d0 > 1 && i.d1 * i.d2 > 1 && w.extents.size() == 2
        && t.shape[0] == w.extents[1] && t.shape[1] == w.extents[0] && i.size() == w.extents[1])
        return how::as_image;
    std::vector<long long> turned;
    for (std::size_t k = 0; k < axes->rank; ++k) turned.push_back(t.shape[axes->axis[k]]);
    return same_but_for_ones(turned, w.extents) ? how::turned : how::not_at_all;
}

/// {"fc/kernel", "3.weight", {3, 2, 0, 1}, {3, 2, 3, 5}}, as a program has it.
template <class = void>
[[gnu::cold, gnu::noinline]] std::string words_of_entry(const io::tensor_view& t, const wanted_tensor& w) {
    const how h = suits(t, w);
    const shape& i = w.image;
    const char* const axes = h == how::turned     ? axes_of(name_parts(t.name).last, t.shape.size())->words
                             : h == how::as_image ? ", {3, 2, 0, 1}"
                                                  : "";
    const std::string image =
        h == how::as_image ? sentence({", {", i.d1, ", ", i.d2, ", ", i.d0, ", ", t.shape[1], "}"}) : std::string();
    return sentence({"{\"", t.name, "\", \"", w.name, "\"", axes, image, "}"});
}

/// "conv2" before "conv10": digits count as numbers.
template <class = void>
[[gnu::cold, gnu::noinline]] bool naturally_before(std::string_view a, std::string_view b) {
    const auto digit = [](std::string_view s, std::size_t k) { return k < s.size() && s[k] >= '0' && s[k] <= '9'; };
    std::size_t i = 0, k = 0;
    while (i < a.size() && k < b.size()) {
        if (digit(a, i) && digit(b, k)) {
            while (a[i] == '0' && digit(a, i + 1)) ++i;
            while (b[k] == '0' && digit(b, k + 1)) ++k;
            std::size_t end = 0;
            while (digit(a, i + end) && digit(b, k + end)) ++end;
            if (digit(a, i + end) != digit(b, k + end)) return digit(b, k + end);
            if (const int order = a.substr(i, end).compare(b.substr(k, end)); order != 0) return order < 0;
            i += end, k += end;
        } else if (a[i] != b[k]) return a[i] < b[k];
        else ++i, ++k;
    }
    return a.size() - i < b.size() - k;
}

// One type of vector for indices and flags alike: each costs every program that loads a model compile time.
using index_list = std::vector<std::size_t>;
inline constexpr std::size_t no_index = static_cast<std::size_t>(-1);

/// Tensors of a file that are left, and parameters for which none was found.
struct unmatched {
    std::vector<const io::tensor_view*> left;
    std::vector<const wanted_tensor*> missing;

    [[nodiscard]] std::string_view stem(std::size_t i) const { return name_parts(left[i]->name).stem; }
    [[nodiscard]] std::string_view stem_here(std::size_t w) const { return name_parts(missing[w]->name).stem; }
    /// Parameters w up to this one belong to one layer.
    [[nodiscard]] std::size_t end_of_layer(std::size_t w) const {
        std::size_t last = w;
        while (last < missing.size() && stem_here(last) == stem_here(w)) ++last;
        return last;
    }
};

/// For each missing parameter the tensor that it may be; no_index where there is none.
template <class = void>
[[gnu::cold, gnu::noinline]] index_list pair_tensors(const unmatched& u) {
    const std::size_t tensors = u.left.size(), parameters = u.missing.size();
    index_list order, members(tensors, 0), used(tensors, 0), pairs(parameters, no_index);
    for (std::size_t k = 0; k < tensors; ++k) { // std::sort would take longer to compile than this
        order.push_back(k);
        for (std::size_t i = k; i > 0 && naturally_before(u.left[order[i]]->name, u.left[order[i - 1]]->name); --i)
            std::swap(order[i], order[i - 1]);
        for (std::size_t i = 0; i < tensors; ++i)
            if (u.stem(i) == u.stem(k)) ++members[k];
    }
    // A tensor that has a parameter's name is for that parameter or none.
    index_list owner(tensors, no_index), named(parameters, no_index);
    for (std::size_t i = 0; i < tensors; ++i)
        for (std::size_t w = 0; w < parameters; ++w)
            if (u.left[i]->name == u.missing[w]->name) owner[i] = named[w] = w;
    // Tensors of one layer of the file, or of any, for the parameters first ... last − 1, all or none of them.
    const auto pair = [&](std::size_t first, std::size_t last, std::size_t like) {
        bool all = true;
        for (std::size_t w = first; w < last; ++w) {
            pairs[w] = no_index;
            for (std::size_t k = 0; k < tensors && pairs[w] == no_index; ++k) {
                const std::size_t i = order[k];
                if (used[i] == 0 && owner[i] == named[w] && (like == no_index || u.stem(i) == u.stem(like))
                    && suits(*u.left[i], *u.missing[w]) != how::not_at_all)
                    pairs[w] = i, used[i] = 1;
            }
            all = all && pairs[w] != no_index;
        }
        for (std::size_t w = first; w < last && !all; ++w) {
            if (pairs[w] != no_index) used[pairs[w]] = 0;
            pairs[w] = no_index;
        }
        return all;
    };
    for (std::size_t first = 0, last = 0; first < parameters; first = last) { // layer by layer
        last = u.end_of_layer(first);
        bool done = false;
        for (const bool whole : {true, false}) { // rather a layer that has no other parameters
            std::string_view tried = "\n";       // the order keeps the tensors of a layer together, mostly
            for (std::size_t k = 0; k < tensors && !done; ++k) {
                const std::size_t i = order[k];
                if (used[i] != 0 || u.stem(i) == tried) continue;
                tried = u.stem(i);
                if (whole ? members[i] == last - first : members[i] > last - first) done = pair(first, last, i);
            }
        }
        for (std::size_t w = first; w < last && !done; ++w) (void)pair(w, w + 1, no_index);
    }
    return pairs;
}

/// Can one entry stand for a whole layer, {"conv1.*", "0.*"}: are the last words the same, and does nothing else in the
/// file begin so?
template <class = void>
[[gnu::cold, gnu::noinline]] bool joins(const unmatched& u, const index_list& pairs, std::size_t first,
                                        std::size_t last, std::span<const io::tensor_view> all) {
    if (last - first < 2 || pairs[first] == no_index || u.stem_here(first).empty()) return false;
    const std::string_view stem = u.stem(pairs[first]);
    std::size_t begin_so = 0;
    for (const io::tensor_view& t : all)
        if (std::string_view(t.name).substr(0, stem.size()) == stem && !counts_batches(t.name)) ++begin_so;
    bool same = !stem.empty() && begin_so == last - first;
    for (std::size_t w = first; w < last && same; ++w)
        same = pairs[w] != no_index && u.stem(pairs[w]) == stem
               && suits(*u.left[pairs[w]], *u.missing[w]) == how::as_it_is
               && std::string_view(u.left[pairs[w]]->name).substr(stem.size()) == name_parts(u.missing[w]->name).last;
    return same;
}

/// A beginning that all names of one side have and those of the other have not: "module.0.weight".
template <class = void>
[[gnu::cold, gnu::noinline]] std::string common_beginning(const unmatched& u, bool in_file, index_list& pairs) {
    std::string_view beginning;
    for (std::size_t w = 0; w < pairs.size(); ++w) {
        pairs[w] = no_index;
        for (std::size_t i = 0; i < u.left.size() && pairs[w] == no_index; ++i) {
            const std::string_view there = u.left[i]->name, here = u.missing[w]->name, longer = in_file ? there : here,
                                   shorter = in_file ? here : there;
            if (longer.size() <= shorter.size() || longer.substr(longer.size() - shorter.size()) != shorter
                || !same_but_for_ones(u.left[i]->shape, u.missing[w]->extents) || !printable(there))
                continue;
            const std::string_view begins = longer.substr(0, longer.size() - shorter.size());
            if (w == 0 || begins == beginning) beginning = begins, pairs[w] = i;
        }
        if (pairs[w] == no_index) return {};
    }
    return std::string(beginning);
}

/// What to do about a file that does not match, as the end of its error: what a name map would have to say. Load needs
/// an entry for every tensor of the file.
template <class = void>
[[gnu::cold, gnu::noinline]] std::string
remedy_of_mismatch(const io::file_or_bytes& from, const tensor_match& m, std::span<const io::tensor_view> all,
                   std::span<const wanted_tensor> wanted, bool all_of_file = true) {
    const char* const other = "\nLoad it into the network it was saved from.";
    unmatched u;
    for (const left_tensor& l : m.left) u.left.push_back(l.tensor);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (m.found[i] == nullptr) u.missing.push_back(&wanted[i]);
    if (u.left.empty() || u.missing.empty() || u.left.size() > 2000)
        return other; // of so many there is no list to read

    const std::string call =
        from.in_memory() ? "  net.load(bytes, {" : sentence({"  net.load(\"", from.name(), "\", {"});
    std::string entries;
    const auto show = [&](std::initializer_list<sentence_part> entry) {
        entries += sentence({entries.empty() ? "" : sentence({",\n", std::string(call.size(), ' ')}), sentence(entry)});
    };
    index_list pairs(u.missing.size(), no_index);
    const bool nothing_found = u.missing.size() == wanted.size();
    if (const std::string there = nothing_found ? common_beginning(u, true, pairs) : std::string(); !there.empty()) {
        show({"{\"", there, "*\", \"*\"}"});
    } else if (const std::string here = nothing_found && u.left.size() == u.missing.size()
                                            ? common_beginning(u, false, pairs)
                                            : std::string();
               !here.empty()) {
        show({"{\"*\", \"", here, "*\"}"});
    } else {
        pairs = pair_tensors(u);
        for (std::size_t w = 0, last = 0; w < pairs.size(); w = last) {
            last = u.end_of_layer(w);
            if (joins(u, pairs, w, last, all)) show({"{\"", u.stem(pairs[w]), "*\", \"", u.stem_here(w), "*\"}"});
            else
                for (; w < last; ++w)
                    if (pairs[w] != no_index) show({words_of_entry(*u.left[pairs[w]], *u.missing[w])});
        }
    }
    if (entries.empty()) return other;
    bool complete = true;
    index_list used(u.left.size(), 0);
    for (const std::size_t i : pairs)
        if (i == no_index) complete = false;
        else used[i] = 1;
    for (std::size_t i = 0; i < used.size() && complete && all_of_file; ++i) // the others are left out
        if (used[i] == 0) {
            complete = printable(u.left[i]->name);
            if (complete) show({"{\"", u.left[i]->name, "\", \"\"}"});
        }
    return sentence(
        {"\nIf these are the network's weights under other names, a name_map ",
         complete ? "loads them (#include <strata/files.hpp>):\n" : "(#include <strata/files.hpp>) begins like this:\n",
         call, entries,
         "});\nIf they are not, load the file into the network it was saved from; net.take copies what fits and "
         "lists the rest."});
}

} // namespace strata::inline STRATA_ABI::detail
