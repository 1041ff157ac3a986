#pragma once
/// tensor_match — the tensors of a file matched to those of a network: one for each, or a list of every difference.
#include <strata/base/error.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/beginning.hpp>
#include <strata/io/tensors/copy_numbers.hpp>
#include <strata/io/tensors/tensor_view.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// What a file brings to test itself with: see self_test in docs/files.md.
inline constexpr std::string_view self_test_names[] = {"self_test.input", "self_test.output", "self_test.tolerance"};

struct wanted_tensor {
    std::string_view name;
    std::vector<long long> extents;
    shape image{}; ///< of a weight [U, C · H · W] behind a flattened image: [C, H, W]
};

/// A tensor of a file that is not for the network.
struct left_tensor {
    const io::tensor_view* tensor;
    std::string name; ///< in the file
    std::string why;
};

struct tensor_match {
    std::vector<const io::tensor_view*> found; ///< one for each wanted tensor
    const io::tensor_view* self_test[3] = {};  ///< in the order of self_test_names
    std::vector<left_tensor> left;
    std::string differences; ///< a line for each; empty: all match

    /// Was none of the wanted tensors found?
    [[nodiscard]] bool all_missing() const {
        for (const io::tensor_view* t : found)
            if (t != nullptr) return false;
        return true;
    }
};

[[gnu::cold, gnu::noinline]] inline std::vector<long long> extents_of(const shape& s) {
    std::vector<long long> extents(static_cast<std::size_t>(s.rank));
    for (int axis = 0; axis < s.rank; ++axis) extents[static_cast<std::size_t>(axis)] = s[axis];
    return extents;
}
/// The first eight extents, in words: a file may claim a million.
template <class = void>
[[gnu::cold, gnu::noinline]] std::string words_of_extents(const std::vector<long long>& extents) {
    std::string words = "[";
    std::size_t shown = 0;
    for (; shown < extents.size() && shown < 8; ++shown) words += sentence({shown == 0 ? "" : ", ", extents[shown]});
    return sentence({words, shown < extents.size() ? ", ...]" : "]"});
}

/// Whether the two are one shape but for extents of 1 that one of them leaves out, like [8, 1, 5] and [8, 1, 1, 5].
/// Shapes of one rank are the same or not: [8, 1] is no [1, 8].
[[nodiscard, gnu::cold, gnu::noinline]] inline bool same_but_for_ones(const std::vector<long long>& a,
                                                                      const std::vector<long long>& b) {
    const auto &more = a.size() < b.size() ? b : a, &fewer = a.size() < b.size() ? a : b;
    if (a.size() == b.size()) return a == b;
    std::size_t k = 0;
    for (const long long extent : more)
        if (k < fewer.size() && fewer[k] == extent) ++k;
        else if (extent != 1) return false;
    return k == fewer.size();
}

/// PyTorch's batch-norm counts its batches; nothing here needs the count.
[[nodiscard]] inline bool counts_batches(std::string_view name) {
    constexpr std::string_view count = "num_batches_tracked";
    return name.size() >= count.size() && name.substr(name.size() - count.size()) == count;
}

/// Whether a tensor's elements are numbers that a network can have.
[[nodiscard]] inline bool holds_numbers(const io::tensor_view& t) {
    switch (t.dtype) {
    case io::dtype::f64:
    case io::dtype::f32:
    case io::dtype::f16:
    case io::dtype::bf16:
    case io::dtype::f8_e4m3:
    case io::dtype::f8_e5m2: return true;
    default: return false;
    }
}

/// Says in `differences` which element of a tensor a network of floats cannot have.
template <class = void>
[[gnu::cold, gnu::noinline]] void check_range(const io::tensor_view& t, std::string& differences) {
    if (const std::size_t i = io::find_too_large(t); i < t.size())
        differences +=
            sentence({"\n  ", io::beginning(t.name), ": element ", i, " in the file is too large for a float network"});
}

/// Looks for each wanted tensor. `origins` are the names that the tensors have in the file where a name map
/// gave them others; `differences` is what is known already.
template <class = void>
[[gnu::cold, gnu::noinline]] tensor_match
match_tensors(std::span<const io::tensor_view> tensors, std::span<const wanted_tensor> wanted,
              std::span<const std::string> origins = {}, std::string differences = {}) {
    tensor_match m;
    m.found.resize(wanted.size());
    m.differences = std::move(differences);
    std::vector<bool> missing(wanted.size(), true);
    for (std::size_t n = 0; n < tensors.size(); ++n) {
        const io::tensor_view& t = tensors[n];
        const bool renamed = n < origins.size() && !origins[n].empty();
        const auto differs = [&](std::initializer_list<sentence_part> why) {
            m.left.push_back({&t, renamed ? origins[n] : t.name, sentence(why)});
            m.differences +=
                sentence({"\n  ", io::beginning(t.name), renamed ? " (" : "", renamed ? io::beginning(origins[n]) : "",
                          renamed ? " in the file)" : "", ": ", m.left.back().why});
        };
        std::size_t match = 0;
        while (match < wanted.size() && wanted[match].name != t.name) ++match;
        if (match == wanted.size()) {
            std::size_t part = 0;
            while (part < 3 && self_test_names[part] != t.name) ++part;
            if (part < 3) m.self_test[part] = &t;
            else if (!counts_batches(t.name)) differs({"in the file, not in the network"});
            continue;
        }
        const auto& needed = wanted[match].extents;
        if (!missing[match]) differs({"two tensors in the file map to this name"});
        else if (!same_but_for_ones(t.shape, needed))
            differs({words_of_extents(t.shape), " in the file, ", words_of_extents(needed), " in the network"});
        else if (!holds_numbers(t))
            differs({io::fact_of(t.dtype).name, " in the file, floating-point numbers in the network"});
        else m.found[match] = &t;
        missing[match] = false;
    }
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (missing[i]) m.differences += sentence({"\n  ", wanted[i].name, ": in the network, not in the file"});
    return m;
}

} // namespace strata::inline STRATA_ABI::detail
