#pragma once
/// The files of a model: safetensors with the names and shapes of torch.nn.Sequential ("0.weight"). Packed memory
/// layouts never reach a file. Metadata: format, version, the network's spelling and its hash. <strata/files.hpp> adds
/// name maps, half precision and self-tests.
#include <strata/base/words/sentence.hpp>
#include <strata/io/tensors/safetensors.hpp>
#include <strata/model/files/suggested_names.hpp>
#include <strata/model/files/tensor_match.hpp>
#include <strata/model/model.hpp>
#include <strata/model/self_test.hpp>
#include <strata/plan/description.hpp>
#include <strata/version.hpp>

#include <exception>

namespace strata::inline STRATA_ABI::detail {

[[gnu::cold, gnu::noinline]] inline std::string hash_words(std::string_view s) {
    unsigned long long h = 14695981039346656037ull; // FNV-1a
    for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    char words[17];
    std::snprintf(words, sizeof words, "%016llx", h);
    return words;
}

/// Hands the model's texts about itself to `write`.
template <class Write>
auto with_model_texts(std::string_view spelling, const Write& write) {
    const std::string version = sentence({STRATA_VERSION_MAJOR, ".", STRATA_VERSION_MINOR, ".", STRATA_VERSION_PATCH});
    const std::string hash = hash_words(spelling);
    const io::text_view texts[] = {{"format", "strata"}, {"version", version}, {"network", spelling}, {"hash", hash}};
    return write(std::span<const io::text_view>(texts));
}
template <class = void>
[[gnu::cold, gnu::noinline]] void write_model_file(const char* path, std::span<const io::tensor_view> tensors,
                                                   std::string_view spelling) {
    with_model_texts(spelling, [&](auto texts) { io::write_safetensors(path, tensors, texts); });
}
template <class = void>
[[nodiscard, gnu::cold, gnu::noinline]] std::vector<std::byte>
model_file_bytes(std::span<const io::tensor_view> tensors, std::string_view spelling) {
    return with_model_texts(spelling, [&](auto texts) { return io::safetensors_bytes(tensors, texts); });
}

/// A model's parameters and buffers as tensors, with the memory they lie in.
template <class T>
struct stored_tensors {
    std::vector<io::tensor_view> tensors;
    std::vector<T> numbers;
};
template <class Model>
[[gnu::cold, gnu::noinline]] stored_tensors<typename Model::number> tensors_of(const Model& net) {
    using number = typename Model::number;
    const auto all = net.parameters();
    stored_tensors<number> stored;
    std::size_t elements = 0;
    for (const parameter_info& p : all)
        if (p.where != storage::state) elements += static_cast<std::size_t>(p.extents.size());
    stored.numbers.resize(elements);
    elements = 0;
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        const parameter_info& p = all[static_cast<std::size_t>(i)];
        if (p.where == storage::state) continue;
        const std::span<number> copy(stored.numbers.data() + elements, static_cast<std::size_t>(p.extents.size()));
        net.get(i, copy.data());
        stored.tensors.push_back(io::view_of(std::string(description<typename Model::network>::name(i)),
                                             extents_of(p.extents), std::span<const number>(copy)));
        elements += copy.size();
    }
    return stored;
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] void working_model<Net, Policy, Precision>::save(const char* path) const {
    write_model_file(path, tensors_of(*this).tensors, description<Net>::network_spelling());
}
template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] std::vector<std::byte> working_model<Net, Policy, Precision>::save_bytes() const {
    return model_file_bytes(tensors_of(*this).tensors, description<Net>::network_spelling());
}

/// The shape of the image that was flattened before the layer of a row, where its weight has `inputs` of them.
template <class Net>
[[gnu::cold, gnu::noinline]] shape image_before(int row, long long inputs, const shape& input) {
    for (; row > 0; --row) {
        const shape& before = description<Net>::layer(row - 1).output;
        if (before.size() != inputs) return {};
        if (before.rank == 3) return before;
    }
    return input.rank == 3 && input.size() == inputs ? input : shape{};
}

/// What a model needs of a file, in the order of its parameters and buffers.
template <class Model>
[[gnu::cold, gnu::noinline]] std::vector<wanted_tensor> wanted_tensors() {
    using words = description<typename Model::network>;
    std::vector<wanted_tensor> wanted;
    for (int i = 0; i < static_cast<int>(Model::parameters().size()); ++i)
        if (const parameter_info& p = Model::parameters()[static_cast<std::size_t>(i)]; p.where != storage::state) {
            wanted.push_back({words::name(i), extents_of(p.extents)});
            if (p.extents.rank == 2)
                wanted.back().image =
                    image_before<typename Model::network>(p.layer, p.extents.d1, Model::inference_plan::data.input);
        }
    return wanted;
}

/// What was read for a network: all of it, or `wrong`.
struct read_weights {
    io::tensor_file file;
    tensor_match match;        ///< looks into the file
    std::string faults_of_map; ///< what a name map asks for and cannot be done, a line for each
    std::string wrong;
};
/// Finds the network's tensors among those that were read.
template <class = void>
[[gnu::cold, gnu::noinline]] void match_weights(read_weights& r, std::span<const wanted_tensor> wanted,
                                                const name_map* names, name_giver give_names) {
    std::vector<std::string> origins;
    if (names != nullptr) give_names(*names, r.file, wanted, origins, r.faults_of_map);
    r.match = match_tensors(r.file.tensors, wanted, origins, r.faults_of_map);
}
template <class = void>
[[gnu::cold, gnu::noinline]] read_weights read_for(const io::file_or_bytes& from, std::span<const wanted_tensor> wanted,
                                                   const name_map* names, name_giver give_names) {
    read_weights r;
    r.wrong = io::detail::read_tensors(from, r.file);
    if (r.wrong.empty()) match_weights(r, wanted, names, give_names);
    return r;
}

/// What to do about a checkpoint, as a sentence and a blank; of other files nothing.
[[gnu::cold, gnu::noinline]] inline std::string hint_on_checkpoint(const io::tensor_file& file) {
    const std::string* const format = file.find_metadata("format");
    if (format == nullptr || *format != "strata checkpoint") return {};
    return "This is a checkpoint of a training run: resume it with checkpoints{.folder, .resume = true}, or load only "
           "its parameters with the name_map {{\"parameters.*\", \"*\"}, {\"optimiser.*\", \"\"}, {\"average.*\", "
           "\"\"}, {\"best.*\", \"\"}}, plus {\"buffers.*\", \"*\"} if it has any (#include <strata/files.hpp>). ";
}
/// The first lines of a list, each of which begins with a line end.
[[gnu::cold, gnu::noinline]] inline std::string first_lines(const std::string& list) {
    constexpr int most = 20;
    std::size_t end = list.size();
    int lines = 0;
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i] == '\n' && lines++ == most) end = i;
    // one more is as short as the line that tells of it
    return lines <= most + 1 ? list : sentence({list.substr(0, end), "\n  ... and ", lines - most, " more"});
}
/// The sentence of a file that does not match.
template <class = void>
[[gnu::cold, gnu::noinline]] std::string words_of_mismatch(const io::file_or_bytes& from, const read_weights& r,
                                                           std::span<const wanted_tensor> wanted, bool mapped) {
    const std::string hint = hint_on_checkpoint(r.file);
    std::string remedy;
    if (hint.empty())
        remedy = mapped ? "\nLoad it into the network it was saved from."
                        : remedy_of_mismatch(from, r.match, r.file.tensors, wanted);
    return sentence({"strata: ", from.name(), " does not match the network, and nothing was loaded. ", hint,
                     "The differences:", first_lines(r.match.differences), remedy});
}

template <class Net, class Policy, class Precision>
template <class Names>
[[gnu::cold, gnu::noinline]] std::string
working_model<Net, Policy, Precision>::loaded(const io::file_or_bytes& from, const Names* names, name_giver give) {
    const auto wanted = wanted_tensors<working_model>();
    read_weights r = read_for(from, wanted, names, give);
    if (!r.wrong.empty()) return r.wrong;
    tensor_match& tensors = r.match;
    if (plain_ports) check_self_test_shapes(tensors, inference_plan::data.input, inference_plan::data.output);
    else if (tensors.self_test[0] != nullptr)
        tensors.differences += "\n  a self-test: of one input and one output of numbers, but this network has others";
    if constexpr (sizeof(number) < sizeof(double)) {
        for (const io::tensor_view* t : tensors.found)
            if (t != nullptr) check_range(*t, tensors.differences);
        if (tensors.self_test[0] != nullptr) check_range(*tensors.self_test[0], tensors.differences);
    }
    if (!tensors.differences.empty()) return words_of_mismatch(from, r, wanted, names != nullptr);
    return filled(tensors, from.name());
}

template <class Net, class Policy, class Precision>
template <class Match>
[[gnu::cold, gnu::noinline]] std::string working_model<Net, Policy, Precision>::filled(const Match& tensors,
                                                                                       const char* path) {
    // Everything that may fail comes first; then all is written.
    std::vector<block<number>> prepared;
    std::vector<int> places;
    std::size_t next = 0;
    for (int i = 0; i < static_cast<int>(parameters().size()); ++i) {
        const parameter_info& p = inference_plan::data.parameters[i];
        if (p.where == storage::state) continue;
        const io::tensor_view* const t = tensors.found[next++];
        if (t == nullptr) continue; // left as it is
        std::vector<number> elements(t->size());
        io::copy_numbers(*t, std::span<number>(elements));
        prepared.push_back(laid_out(p, elements.data()));
        places.push_back(i);
    }
    if (tensors.self_test[0] != nullptr) {
        working_model trial(*this);
        for (std::size_t n = 0; n < places.size(); ++n) trial.put(places[n], prepared[n]);
        if (std::string wrong = fault_of_self_test(trial, tensors, path); !wrong.empty()) return wrong;
    }
    for (std::size_t n = 0; n < places.size(); ++n) put(places[n], prepared[n]);
    return {};
}

/// The result of f(), a sentence or nothing; what f throws counts as one.
template <class F>
[[gnu::cold]] load_result without_exceptions(const F& f) noexcept {
#if defined(__cpp_exceptions)
    try {
        return load_result(f());
    } catch (const std::exception& e) {
        return load_result(e.what());
    } catch (...) {
        return load_result("strata: the weights could not be loaded: an exception of unknown type was thrown.");
    }
#else
    return load_result(f());
#endif
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] void working_model<Net, Policy, Precision>::load(const io::file_or_bytes& from) {
    if (const std::string wrong = loaded<name_map>(from, nullptr, nullptr); !wrong.empty()) raise<file_error>(wrong);
}
template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] load_result
working_model<Net, Policy, Precision>::try_load(const io::file_or_bytes& from) noexcept {
    return without_exceptions([&] { return loaded<name_map>(from, nullptr, nullptr); });
}

} // namespace strata::inline STRATA_ABI::detail
