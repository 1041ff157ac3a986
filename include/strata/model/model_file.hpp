#pragma once
/// A model's files: safetensors with the names and shapes that torch.nn.Sequential would give ("0.weight"); packed memory
/// layouts never reach a file. Metadata: format, version, the network's spelling and its hash.
#include <strata/base/sentence.hpp>
#include <strata/io/safetensors.hpp>
#include <strata/model/model.hpp>
#include <strata/plan/description.hpp>
#include <strata/version.hpp>

namespace strata::inline v0_1::detail {

[[gnu::cold, gnu::noinline]] inline std::string hash_words(std::string_view s) {
    unsigned long long h = 14695981039346656037ull; // FNV-1a
    for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    char words[17];
    std::snprintf(words, sizeof words, "%016llx", h);
    return words;
}

[[gnu::cold, gnu::noinline]] inline std::vector<long long> extents_of(const shape& s) {
    std::vector<long long> extents(static_cast<std::size_t>(s.rank));
    for (int axis = 0; axis < s.rank; ++axis) extents[static_cast<std::size_t>(axis)] = s[axis];
    return extents;
}
[[gnu::cold, gnu::noinline]] inline std::string words_of_extents(const std::vector<long long>& extents) {
    std::string words = "[";
    std::size_t shown = 0;
    for (; shown < extents.size() && shown < 8; ++shown) words += sentence({shown == 0 ? "" : ", ", extents[shown]});
    return sentence({words, shown < extents.size() ? ", ...]" : "]"});
}

[[gnu::cold, gnu::noinline]] inline void write_model_file(const char* path, std::span<const io::tensor_view> tensors,
                                                          std::string_view spelling) {
    const std::string version = sentence({STRATA_VERSION_MAJOR, ".", STRATA_VERSION_MINOR, ".", STRATA_VERSION_PATCH});
    const std::string hash = hash_words(spelling);
    const io::text_view texts[] = {{"format", "strata"}, {"version", version}, {"network", spelling}, {"hash", hash}};
    io::write_safetensors(path, tensors, texts);
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] void working_model<Net, Policy, Precision>::save(const char* path) const {
    using words = description<Net>;
    const int count = static_cast<int>(parameters().size());
    std::size_t saved = 0, elements = 0;
    for (const parameter_info& p : parameters())
        if (p.where != storage::state) ++saved, elements += static_cast<std::size_t>(p.extents.size());
    std::vector<io::tensor_view> tensors(saved);
    std::vector<number> copies(elements);
    saved = elements = 0;
    for (int i = 0; i < count; ++i) {
        const parameter_info& p = inference_plan::data.parameters[i];
        if (p.where == storage::state) continue;
        const std::span<number> copy(copies.data() + elements, static_cast<std::size_t>(p.extents.size()));
        get(i, copy.data());
        tensors[saved++] = io::view_of(std::string(words::name(i)), extents_of(p.extents), std::span<const number>(copy));
        elements += copy.size();
    }
    write_model_file(path, tensors, words::network_spelling());
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] void working_model<Net, Policy, Precision>::load(const char* path) {
    using words = description<Net>;
    const auto file = io::read_safetensors(path);
    std::string differences;
    const int count = static_cast<int>(parameters().size());
    std::vector<const io::tensor_view*> found(static_cast<std::size_t>(count), nullptr);
    for (const io::tensor_view& t : file.tensors) {
        int match = -1;
        for (int i = 0; i < count && match < 0; ++i)
            if (words::name(i) == t.name) match = i;
        if (match < 0) {
            // PyTorch's batch-norm counts its batches; nothing here needs the count.
            if (t.name.size() < 19 || t.name.substr(t.name.size() - 19) != "num_batches_tracked")
                differences += "\n  " + t.name + ": in the file, not in the network";
            continue;
        }
        found[static_cast<std::size_t>(match)] = &t;
        const auto needed = extents_of(inference_plan::data.parameters[match].extents);
        if (t.shape != needed)
            differences += "\n  " + t.name + ": " + words_of_extents(t.shape) + " in the file, " + words_of_extents(needed)
                           + " in the network";
        else if (t.dtype != io::dtype::f32 && t.dtype != io::dtype::f64 && t.dtype != io::dtype::f16
                 && t.dtype != io::dtype::bf16)
            differences += "\n  " + t.name + ": " + std::string(io::fact_of(t.dtype).name)
                           + " in the file, floating-point numbers in the network";
    }
    for (int i = 0; i < count; ++i)
        if (found[static_cast<std::size_t>(i)] == nullptr && inference_plan::data.parameters[i].where != storage::state)
            differences += "\n  " + std::string(words::name(i)) + ": in the network, not in the file";
    if (!differences.empty())
        raise<file_error>("strata: " + std::string(path)
                          + " does not match the network, and nothing was loaded. The differences:" + differences
                          + "\nLoad it into the network it was saved from.");
    // Everything that may fail comes first; then all is written.
    std::vector<block<number>> loaded(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        if (const io::tensor_view* const t = found[static_cast<std::size_t>(i)]; t != nullptr) {
            std::vector<number> elements(t->size());
            io::copy_numbers(*t, std::span<number>(elements));
            loaded[static_cast<std::size_t>(i)] = laid_out(inference_plan::data.parameters[i], elements.data());
        }
    for (int i = 0; i < count; ++i)
        if (found[static_cast<std::size_t>(i)] != nullptr) put(i, loaded[static_cast<std::size_t>(i)]);
}

} // namespace strata::inline v0_1::detail
