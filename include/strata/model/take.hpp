#pragma once
/// take — copies the parameters of a source that match in name and shape: net.take(source)
/// Buffers too. It reports the others. Use it for a trunk under a new head, or for the first layers of another file.
///
///   const strata::take_report report = net.take("pretrained.safetensors");
///   std::printf("%s", report.words().c_str());
///   (void)net.take(other_model);                                           // another network, policy or precision
///   (void)net.take("resnet.safetensors", {{"conv1.*", "stem.0.*"}});       // with a name_map
///   (void)net.take("pretrained.safetensors", strata::required<"trunk">{}); // the whole trunk, or an error
///
/// A source is a path, bytes in memory, or a model. Shapes that differ only by extents of 1 are equal.
/// Errors   file_error for a file that cannot be read, for a name map that does not fit, for a source of which nothing
///          fits, and for one that lacks something of the required layers (see required.hpp): nothing is taken then
#include <strata/model/files/model_file.hpp>
#include <strata/model/files/name_map.hpp>
#include <strata/model/required.hpp>

#include <concepts>
#include <string>
#include <vector>

namespace strata::inline STRATA_ABI {

/// The result of take: the tensors of the source and the parameters of the model, taken or not.
struct take_report {
    struct left_out {
        std::string name; ///< in the source
        std::string why;
    };
    std::vector<std::string> taken;  ///< parameters and buffers that have the source's numbers now
    std::vector<left_out> not_taken; ///< tensors of the source
    std::vector<std::string> kept;   ///< parameters and buffers that are as they were
    std::string hint;                ///< what to do about a source such as a checkpoint; mostly empty
    /// Tensors of a checkpoint that belong to its training run, such as the optimiser's; none of them is in not_taken.
    std::vector<std::string> of_the_run = {};

    /// Is every parameter and buffer taken, and nothing of a model left out?
    [[nodiscard]] bool complete() const { return not_taken.empty() && kept.empty(); }
    /// All of it as text: the hint, and a line for each name, of about twenty; `kept` and `not_taken` have all.
    [[nodiscard, gnu::cold]] std::string words() const {
        constexpr std::size_t most = 20;
        std::string text = hint.empty() ? hint : hint + "\n";
        text += sentence({taken.size(), " parameters and buffers taken, ", kept.size(), " left as they were, ",
                          not_taken.size(), " of the source not taken\n"});
        const std::size_t room = not_taken.size() < most / 2 ? most - not_taken.size() : most / 2;
        const std::size_t of_kept = kept.size() < room ? kept.size() : room;
        const std::size_t left = not_taken.size() < most - of_kept ? not_taken.size() : most - of_kept;
        for (std::size_t i = 0; i < of_kept; ++i) text += sentence({"  ", kept[i], ": left as it was\n"});
        if (of_kept < kept.size()) text += sentence({"  ... and ", kept.size() - of_kept, " more left as they were\n"});
        for (std::size_t i = 0; i < left; ++i)
            text += sentence({"  ", not_taken[i].name, ": ", not_taken[i].why, "\n"});
        if (left < not_taken.size()) text += sentence({"  ... and ", not_taken.size() - left, " more not taken\n"});
        if (!of_the_run.empty())
            text += sentence({of_the_run.size(), " tensors belong to the training run and not to the model, like ",
                              of_the_run.front(), "\n"});
        return text;
    }
};

namespace detail {

/// Sorts what was read into what is taken and what is not; takes out of `match` what a model of floats cannot have.
[[gnu::cold, gnu::noinline]] inline take_report report_of(tensor_match& match, std::span<const wanted_tensor> wanted,
                                                          bool floats) {
    take_report report;
    for (const left_tensor& l : match.left) report.not_taken.push_back({l.name, l.why});
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        std::string too_large;
        if (match.found[i] != nullptr && floats) check_range(*match.found[i], too_large);
        if (!too_large.empty()) {
            report.not_taken.push_back({match.found[i]->name, too_large.substr(too_large.find(": ") + 2)});
            match.found[i] = nullptr;
        }
        (match.found[i] != nullptr ? report.taken : report.kept).push_back(std::string(wanted[i].name));
    }
    for (const io::tensor_view*& part : match.self_test) part = nullptr; // of the network that was saved, whole
    return report;
}

/// Whether each of the wanted tensors is of one of these layers.
template <class Model>
[[gnu::cold, gnu::noinline]] std::vector<bool> of_layers(const layer_set& layers) {
    std::vector<bool> chosen;
    for (const parameter_info& p : Model::parameters())
        if (p.where != storage::state) chosen.push_back(layers.contains(p.layer));
    return chosen;
}

/// The wanted tensors of the required layers that are not taken, matched by themselves; of a report that has all of
/// match.left at its beginning.
struct lacking {
    std::vector<wanted_tensor> wanted; ///< all of those layers
    tensor_match match;
    std::string list;       ///< a line for each that is missing; empty: none is
    bool only_range = true; ///< they are all there, with numbers too large for floats: no name map would help
};
[[gnu::cold, gnu::noinline]] inline lacking find_lacking(const tensor_match& match, const take_report& report,
                                                         std::span<const wanted_tensor> wanted,
                                                         const std::vector<bool>& required) {
    lacking part;
    part.match = match;
    part.match.found.clear();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!required[i]) continue;
        part.wanted.push_back(wanted[i]);
        part.match.found.push_back(match.found[i]);
        if (match.found[i] != nullptr) continue;
        bool of_range = false;
        std::string_view why = "in the network, not in the file";
        for (const left_tensor& l : match.left)
            if (l.tensor->name == wanted[i].name) why = l.why;
        for (std::size_t n = match.left.size(); n < report.not_taken.size(); ++n) // numbers too large for floats
            if (report.not_taken[n].name == wanted[i].name) why = report.not_taken[n].why, of_range = true;
        part.only_range = part.only_range && of_range;
        part.list += sentence({"\n  ", wanted[i].name, ": ", why});
    }
    return part;
}

/// Whether a name map takes the parameters of a checkpoint, or those that its run kept beside them.
[[gnu::cold, gnu::noinline]] inline bool takes_parameters(const name_map& names) {
    for (const char* const kept : {"parameters.", "average.", "best.parameters."})
        if (const name_map::entry* const e = names.find(kept); e != nullptr && !e->here.empty()) return true;
    return false;
}
/// Whether a tensor of a checkpoint belongs to its run: what a name map did not take beside the parameters.
[[gnu::cold, gnu::noinline]] inline bool is_of_the_run(std::string_view name) {
    for (const std::string_view part : {"optimiser.", "average.", "best.", "parameters."})
        if (name.substr(0, part.size()) == part) return true;
    return false;
}
/// Moves the tensors of the run out of the differences; the hint is then about running statistics alone.
[[gnu::cold, gnu::noinline]] inline std::string set_run_aside(tensor_match& match, take_report& report) {
    std::string hint, differences;
    std::vector<take_report::left_out> others;
    for (take_report::left_out& l : report.not_taken) {
        constexpr std::string_view buffers = "buffers.";
        const bool buffer = l.name.compare(0, buffers.size(), buffers) == 0;
        for (const std::string& kept : report.kept)
            if (buffer && l.name.compare(buffers.size(), std::string::npos, kept) == 0)
                hint = "The running statistics of the checkpoint are not taken: add {\"buffers.*\", \"*\"} to the "
                       "name_map. ";
        if (is_of_the_run(l.name)) report.of_the_run.push_back(std::move(l.name));
        else others.push_back(std::move(l));
    }
    report.not_taken = std::move(others);
    for (std::size_t at = 0, end; at < match.differences.size(); at = end) { // a line each, "\n  name: why"
        end = match.differences.find('\n', at + 1);
        if (end == std::string::npos) end = match.differences.size();
        const std::string_view line = std::string_view(match.differences).substr(at, end - at);
        if (!is_of_the_run(line.substr(3))) differences += line;
    }
    match.differences = std::move(differences);
    return hint;
}

/// What to do about a file of which nothing fits: the name map that load suggests.
[[gnu::cold, gnu::noinline]] inline std::string remedy_for(const io::file_or_bytes& from, const io::tensor_file& file,
                                                           const tensor_match& match,
                                                           std::span<const wanted_tensor> wanted) {
    std::string words = remedy_of_mismatch(from, match, file.tensors, wanted, false);
    if (const std::size_t call = words.find("  net.load("); call != std::string::npos)
        words.replace(call, 11, "  net.take(");
    constexpr std::string_view end = "; net.take copies what fits and lists the rest.";
    if (const std::size_t at = words.rfind(end); at != std::string::npos) words.replace(at, end.size(), ".");
    return words;
}

template <class Source>
concept a_model = requires(const Source& source) {
    typename Source::network;
    typename Source::policy;
    typename Source::number;
    source.parameters();
};

template <class Model, class Source>
struct taking {
    static_assert(a_model<Source> || std::convertible_to<const Source&, io::file_or_bytes>,
                  "strata: net.take takes a path, the bytes of a safetensors file, or another model.");

    [[gnu::cold, gnu::noinline]] static take_report from(Model& net, const Source& source, const name_map* names,
                                                         const layer_set& layers = {}) {
        const auto wanted = wanted_tensors<Model>();
        const auto required = of_layers<Model>(layers);
        if constexpr (a_model<Source>) {
            const auto stored = tensors_of(source);
            read_weights r;
            r.file.tensors = stored.tensors;
            match_weights(r, wanted, names, &apply_names);
            take_report report = finish(net, r, wanted, required, nullptr, "the given model",
                                        "\nTake from a model with common layers, or pass a name map that pairs them: "
                                        "net.take(source, {{\"backbone.*\", \"trunk.*\"}}).");
            for (auto& [name, why] : report.not_taken) why = of_model(std::move(why));
            return report;
        } else {
            const io::file_or_bytes given(source);
            read_weights r = read_for(given, wanted, names, &apply_names);
            if (!r.wrong.empty()) raise<file_error>(r.wrong);
            const bool suggests = names == nullptr; // what load suggests for the same
            return finish(net, r, wanted, required, names, given.name(), "", suggests ? &given : nullptr);
        }
    }

  private:
    [[gnu::cold, gnu::noinline]] static std::string of_model(std::string words) {
        for (std::size_t at; (at = words.find("the file")) != std::string::npos;)
            words.replace(at, 8, "the given model");
        return words;
    }
    /// `remedy` ends the sentence about a model, the name map that would help the one about the file `suggests`.
    static take_report finish(Model& net, read_weights& r, std::span<const wanted_tensor> wanted,
                              const std::vector<bool>& required, const name_map* names, const char* where,
                              const std::string& remedy, const io::file_or_bytes* suggests = nullptr) {
        if (!r.faults_of_map.empty())
            raise<file_error>(sentence({"strata: the name map does not fit ", where,
                                        ", and nothing was taken:", first_lines(r.faults_of_map),
                                        "\nRemove the names that do not exist, or correct them."}));
        const bool too_large = !r.match.all_missing(); // then names and shapes are right
        take_report report = report_of(r.match, wanted, sizeof(typename Model::number) < sizeof(double));
        lacking part = find_lacking(r.match, report, wanted, required);
        std::string hint = hint_on_checkpoint(r.file);
        if (!hint.empty() && names != nullptr && takes_parameters(*names)) hint = set_run_aside(r.match, report);
        const auto refuse = [&](const char* begin, const char* end, std::string list, const tensor_match& match,
                                std::span<const wanted_tensor> of) {
            list = first_lines(list);
            if constexpr (a_model<Source>) list = of_model(std::move(list));
            std::string what_to_do = hint.empty() ? remedy : std::string();
            if (suggests != nullptr && hint.empty()) what_to_do = remedy_for(*suggests, r.file, match, of);
            raise<file_error>(sentence({"strata: ", begin, where, end, hint, "The differences:", list, what_to_do}));
        };
        if (!part.list.empty()) {
            part.match.differences = r.match.differences;
            if (part.only_range) suggests = nullptr;
            refuse("the required layers are incomplete in ", ", and nothing was taken. ", part.list, part.match,
                   part.wanted);
        }
        if (report.taken.empty() && !wanted.empty()) {
            if (too_large) suggests = nullptr;
            refuse("nothing in ", " fits the network, and nothing was taken. ", r.match.differences, r.match, wanted);
        }
        if (!report.kept.empty()) report.hint = hint.substr(0, hint.size() - !hint.empty());
        (void)net.filled(r.match, where); // without a self-test there is nothing wrong left
        return report;
    }
};

} // namespace detail

} // namespace strata::inline STRATA_ABI
