#pragma once
/// suggested_names — the name_map that would load a file whose tensors have other names or orders, as a message shows
/// it. Tensors are paired layer by layer, in the order of the network and of the file's names, where shapes and the
/// last words of the names (kernel and weight, moving_mean and running_mean) agree.
#include <strata/model/tensor_match.hpp>

#include <utility>

namespace strata::inline STRATA_ABI::detail {

/// An entry of a name_map, and the tensor that it is for.
struct suggested_entry {
    std::string in_file, here;
    std::vector<int> axes = {};
    std::vector<long long> seen_as = {};
    std::size_t of = 0; ///< among the file's tensors that are left
};

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

/// Axes of other programs: Keras and TensorFlow keep [in, out], [K, in, out] and [H, W, in, out].
[[gnu::cold, gnu::noinline]] inline std::vector<int> channels_last_axes(std::string_view last, std::size_t rank) {
    if (rank == 4) return last == "depthwise_kernel" ? std::vector{2, 3, 0, 1} : std::vector{3, 2, 0, 1};
    if (rank == 3) return {2, 1, 0};
    if (rank == 2) return {1, 0};
    return {};
}

/// Whether a name can stand in a program, and in a message, as it is.
[[gnu::cold, gnu::noinline]] inline bool printable(std::string_view name) {
    for (const char c : name)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '"' || c == '\\') return false;
    return name.size() <= 200;
}

/// Whether a tensor can be for a parameter, and how it must be turned then.
[[gnu::cold, gnu::noinline]] inline bool suits(const io::tensor_view& t, const wanted_tensor& w, suggested_entry& e) {
    const name_parts there(t.name), here(w.name);
    const char a = purpose_of(there.last), b = purpose_of(here.last);
    if (!holds_numbers(t) || (a != b && a != 0 && b != 0) || !printable(t.name)) return false;
    e = {t.name, std::string(w.name)};
    const bool keras = there.last.size() >= 6 && there.last.substr(there.last.size() - 6) == "kernel";
    if (!keras && same_but_for_ones(t.shape, w.extents)) return true;
    const auto axes = channels_last_axes(there.last, t.shape.size());
    if (axes.empty() || b == 'b') return false;
    if (const shape& i = w.image; t.shape.size() == 2 && i.rank == 3 && i.d0 > 1 && i.d1 * i.d2 > 1
                                  && w.extents.size() == 2 && t.shape[0] == w.extents[1] && t.shape[1] == w.extents[0]
                                  && i.size() == w.extents[1]) {
        e.axes = {3, 2, 0, 1}, e.seen_as = {i.d1, i.d2, i.d0, t.shape[1]};
        return true;
    }
    std::vector<long long> turned;
    for (const int axis : axes) turned.push_back(t.shape[static_cast<std::size_t>(axis)]);
    e.axes = axes;
    return same_but_for_ones(turned, w.extents);
}

/// "conv2" before "conv10": digits count as numbers.
[[gnu::cold, gnu::noinline]] inline bool naturally_before(std::string_view a, std::string_view b) {
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

/// The entries that load the tensors of `left` as those of `missing`; fewer where some find none.
[[gnu::cold, gnu::noinline]] inline std::vector<suggested_entry>
pair_tensors(const std::vector<const io::tensor_view*>& left, const std::vector<const wanted_tensor*>& missing) {
    std::vector<std::size_t> order(left.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (std::size_t k = 1; k < order.size(); ++k) // std::sort would take longer to compile than this file
        for (std::size_t i = k; i > 0 && naturally_before(left[order[i]]->name, left[order[i - 1]]->name); --i)
            std::swap(order[i], order[i - 1]);
    const auto stem = [](std::string_view name) { return name_parts(name).stem; };
    std::vector<std::vector<std::size_t>> layers; // the file's
    for (const std::size_t i : order) {
        std::size_t k = layers.size();
        while (k > 0 && stem(left[layers[k - 1][0]]->name) != stem(left[i]->name)) --k;
        if (k == 0) layers.push_back({i});
        else layers[k - 1].push_back(i);
    }
    // A tensor that has a parameter's name is for that parameter or none.
    std::vector<std::size_t> owner(left.size(), missing.size());
    std::vector<bool> named(missing.size()), used(left.size());
    for (std::size_t i = 0; i < left.size(); ++i)
        for (std::size_t w = 0; w < missing.size(); ++w)
            if (left[i]->name == missing[w]->name) owner[i] = w, named[w] = true;
    std::vector<suggested_entry> entries;
    // Tensors among `these`, one for each of the parameters first ... last − 1, or none at all.
    const auto pair = [&](std::size_t first, std::size_t last, const std::vector<std::size_t>& these) {
        std::vector<suggested_entry> some;
        for (std::size_t w = first; w < last; ++w)
            for (const std::size_t i : these) {
                suggested_entry e;
                bool taken = used[i] || owner[i] != (named[w] ? w : missing.size());
                for (const suggested_entry& other : some) taken = taken || other.of == i;
                if (taken || !suits(*left[i], *missing[w], e)) continue;
                e.of = i;
                some.push_back(std::move(e));
                break;
            }
        if (some.size() < last - first) return false;
        for (suggested_entry& e : some) used[e.of] = true, entries.push_back(std::move(e));
        return true;
    };
    for (std::size_t first = 0, last = 0; first < missing.size(); first = last) { // layer by layer
        while (last < missing.size() && stem(missing[last]->name) == stem(missing[first]->name)) ++last;
        bool done = false;
        for (const bool whole : {true, false}) // rather a layer that has no other parameters
            for (const auto& layer : layers)
                if (!done && !used[layer[0]] && (whole ? layer.size() == last - first : layer.size() > last - first))
                    done = pair(first, last, layer);
        for (std::size_t w = first; w < last && !done; ++w) (void)pair(w, w + 1, order);
    }
    return entries;
}

/// One entry for all of a layer's, {"conv1.*", "0.*"}, where their last words are the same and nothing else begins so.
[[gnu::cold, gnu::noinline]] inline std::vector<suggested_entry>
joined_entries(const std::vector<suggested_entry>& entries, std::span<const io::tensor_view> all) {
    std::vector<suggested_entry> joined;
    for (std::size_t first = 0, last = 0; first < entries.size(); first = last) {
        const name_parts there(entries[first].in_file), here(entries[first].here);
        bool same = !there.stem.empty() && !here.stem.empty();
        for (; last < entries.size(); ++last) {
            const name_parts t(entries[last].in_file), h(entries[last].here);
            if (t.stem != there.stem || h.stem != here.stem) break;
            same = same && t.last == h.last && entries[last].axes.empty()
                   && t.stem.size() + t.last.size() == entries[last].in_file.size();
        }
        std::size_t begin_so = 0;
        for (const io::tensor_view& t : all)
            begin_so +=
                std::string_view(t.name).substr(0, there.stem.size()) == there.stem && !counts_batches(t.name) ? 1 : 0;
        if (same && last - first > 1 && begin_so == last - first)
            joined.push_back({sentence({there.stem, "*"}), sentence({here.stem, "*"})});
        else
            joined.insert(joined.end(), entries.begin() + static_cast<std::ptrdiff_t>(first),
                          entries.begin() + static_cast<std::ptrdiff_t>(last));
    }
    return joined;
}

struct suggestion {
    std::vector<suggested_entry> entries;
    bool complete = false; ///< the file loads with them
};

/// What a name map would have to say for this file.
[[gnu::cold, gnu::noinline]] inline suggestion
suggest_names(const tensor_match& m, std::span<const io::tensor_view> all, std::span<const wanted_tensor> wanted) {
    std::vector<const io::tensor_view*> left;
    std::vector<const wanted_tensor*> missing;
    for (const left_tensor& l : m.left) left.push_back(l.tensor);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (m.found[i] == nullptr) missing.push_back(&wanted[i]);
    suggestion s;
    if (left.empty() || missing.empty() || left.size() > 2000) return s; // of so many there is no list to read
    // A beginning that all of one side's names have, and the other side's have not: "module.0.weight".
    const auto prefix = [&](bool in_file) {
        std::size_t fits = 0;
        std::string_view more;
        for (const wanted_tensor* w : missing)
            for (std::size_t i = 0; i < left.size(); ++i) {
                const std::string_view there = left[i]->name, here = w->name, longer = in_file ? there : here,
                                       shorter = in_file ? here : there;
                if (longer.size() <= shorter.size() || longer.substr(longer.size() - shorter.size()) != shorter
                    || !same_but_for_ones(left[i]->shape, w->extents) || !printable(there))
                    continue;
                const std::string_view begins = longer.substr(0, longer.size() - shorter.size());
                if (fits > 0 && begins != more) continue;
                more = begins, ++fits;
                s.entries.push_back({std::string(there), std::string(here), {}, {}, i});
            }
        if (fits == missing.size() && missing.size() == wanted.size() && (in_file || left.size() == fits))
            return std::string(more);
        s.entries.clear();
        return std::string();
    };
    std::vector<suggested_entry> shown;
    if (const std::string there = prefix(true); !there.empty()) {
        shown.push_back({sentence({there, "*"}), "*"});
    } else if (const std::string here = prefix(false); !here.empty()) {
        shown.push_back({"*", sentence({here, "*"})});
    } else {
        s.entries = pair_tensors(left, missing);
        shown = joined_entries(s.entries, all);
    }
    s.complete = s.entries.size() == missing.size();
    std::vector<bool> used(left.size());
    for (const suggested_entry& e : s.entries) used[e.of] = true;
    for (std::size_t i = 0; i < left.size() && s.complete; ++i)
        if (!used[i]) s.complete = printable(left[i]->name), shown.push_back({left[i]->name, ""});
    s.entries = std::move(shown);
    return s;
}

/// {"fc/kernel", "3.weight", {3, 2, 0, 1}, {3, 2, 3, 5}}, as a program has it.
[[gnu::cold, gnu::noinline]] inline std::string words_of_entry(const suggested_entry& e) {
    const auto list = [](const auto& numbers) {
        std::string words;
        for (const auto n : numbers) words += sentence({words.empty() ? ", {" : ", ", n});
        return words.empty() ? words : sentence({words, "}"});
    };
    return sentence({"{\"", e.in_file, "\", \"", e.here, "\"", list(e.axes), list(e.seen_as), "}"});
}

/// What to do about a file that does not match, as the end of its error.
[[gnu::cold, gnu::noinline]] inline std::string remedy_of_mismatch(const io::file_or_bytes& from, const suggestion& s) {
    if (s.entries.empty()) return "\nLoad it into the network it was saved from.";
    const std::string call =
        from.in_memory() ? "  net.load(bytes, {" : sentence({"  net.load(\"", from.name(), "\", {"});
    std::string words =
        sentence({s.complete ? "\nIf these are the network's weights under other names, a name_map loads"
                               " them (#include <strata/files.hpp>):\n"
                             : "\nIf these are the network's weights under other names, a name_map (#include"
                               " <strata/files.hpp>) begins like this:\n",
                  call});
    for (std::size_t i = 0; i < s.entries.size(); ++i)
        words +=
            sentence({i == 0 ? "" : sentence({",\n", std::string(call.size(), ' ')}), words_of_entry(s.entries[i])});
    return sentence({words,
                     "});\nIf they are not, load the file into the network it was saved from; net.take copies what "
                     "fits and lists the rest."});
}

} // namespace strata::inline STRATA_ABI::detail
