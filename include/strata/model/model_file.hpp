#pragma once
/// The files of a model: safetensors with the names and shapes of torch.nn.Sequential ("0.weight"). Packed memory
/// layouts never reach a file. Metadata: format, version, the network's spelling and its hash. <strata/files.hpp> adds
/// name maps, half precision and self-tests.
#include <strata/base/sentence.hpp>
#include <strata/io/safetensors.hpp>
#include <strata/model/model.hpp>
#include <strata/model/self_test.hpp>
#include <strata/model/tensor_match.hpp>
#include <strata/plan/description.hpp>
#include <strata/version.hpp>

namespace strata::inline STRATA_ABI::detail {

[[gnu::cold, gnu::noinline]] inline std::string hash_words(std::string_view s) {
    unsigned long long h = 14695981039346656037ull; // FNV-1a
    for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    char words[17];
    std::snprintf(words, sizeof words, "%016llx", h);
    return words;
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
        tensors[saved++] =
            io::view_of(std::string(words::name(i)), extents_of(p.extents), std::span<const number>(copy));
        elements += copy.size();
    }
    write_model_file(path, tensors, words::network_spelling());
}

/// What a model needs of a file, in the order of its parameters and buffers.
template <class Model>
[[gnu::cold, gnu::noinline]] std::vector<wanted_tensor> wanted_tensors() {
    std::vector<wanted_tensor> wanted;
    for (int i = 0; i < static_cast<int>(Model::parameters().size()); ++i)
        if (const parameter_info& p = Model::parameters()[static_cast<std::size_t>(i)]; p.where != storage::state)
            wanted.push_back({description<typename Model::network>::name(i), extents_of(p.extents)});
    return wanted;
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] void working_model<Net, Policy, Precision>::load(const char* path) {
    const auto file = io::read_safetensors(path);
    take(path, match_tensors(file.tensors, wanted_tensors<working_model>()));
}

template <class Net, class Policy, class Precision>
template <class Match>
[[gnu::cold, gnu::noinline]] void working_model<Net, Policy, Precision>::take(const char* path, Match tensors) {
    check_self_test_shapes(tensors, inference_plan::data.input, inference_plan::data.output);
    if constexpr (sizeof(number) < sizeof(double)) {
        for (const io::tensor_view* t : tensors.found)
            if (t != nullptr) check_range(*t, tensors.differences);
        if (tensors.self_test[0] != nullptr) check_range(*tensors.self_test[0], tensors.differences);
    }
    if (!tensors.differences.empty())
        raise<file_error>(
            sentence({"strata: ", path, " does not match the network, and nothing was loaded. The differences:",
                      tensors.differences, "\nLoad it into the network it was saved from."}));
    // Everything that may fail comes first; then all is written.
    std::vector<block<number>> loaded;
    std::vector<int> places;
    for (int i = 0; i < static_cast<int>(parameters().size()); ++i) {
        const parameter_info& p = inference_plan::data.parameters[i];
        if (p.where == storage::state) continue;
        const io::tensor_view& t = *tensors.found[places.size()];
        std::vector<number> elements(t.size());
        io::copy_numbers(t, std::span<number>(elements));
        loaded.push_back(laid_out(p, elements.data()));
        places.push_back(i);
    }
    if (tensors.self_test[0] != nullptr) {
        working_model trial(*this);
        for (std::size_t n = 0; n < places.size(); ++n) trial.put(places[n], loaded[n]);
        run_self_test(trial, tensors, path);
    }
    for (std::size_t n = 0; n < places.size(); ++n) put(places[n], loaded[n]);
}

} // namespace strata::inline STRATA_ABI::detail
