#pragma once
/// csv_notes — what is said on stderr of a CSV file that can be read, but perhaps not as it was meant.
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/csv_class_names.hpp>
#include <strata/data/csv/csv_encoding.hpp>
#include <strata/data/csv/narrowing.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// Is a column of this name spoken of for the first time in this program? A second file says nothing new.
[[nodiscard, gnu::cold, gnu::noinline]] inline bool first_note_of(const std::string& column) {
    static std::mutex alone;
    static std::vector<std::string> said;
    const std::lock_guard lock(alone);
    if (std::find(said.begin(), said.end(), column) != said.end()) return false;
    said.push_back(column);
    return true;
}

/// Looks at each number of the feature and target columns: do floats tell them apart? Says so once for each name of a
/// column.
class csv_narrowing {
  public:
    explicit csv_narrowing(const csv_encoding& e) : features_(e.features.size()), targets_(e.targets.size()) {}

    void look(const csv_encoding& e, std::span<const double> features) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < features_.size(); ++i) {
            if (!e.features[i].is_text) features_[i].add(features[at]);
            at += e.features[i].width();
        }
    }
    void look_at_targets(std::span<const double> targets) {
        for (std::size_t i = 0; i < targets_.size(); ++i) targets_[i].add(targets[i]);
    }
    [[gnu::cold]] void say(const csv_encoding& e, const std::string& path) const {
        for (std::size_t i = 0; i < features_.size(); ++i)
            if (features_[i].loses() && first_note_of(e.features[i].name))
                features_[i].say(sentence({path, ", ", e.features[i].words}));
        for (std::size_t i = 0; i < targets_.size(); ++i)
            if (targets_[i].loses() && first_note_of(e.targets[i].name))
                targets_[i].say(sentence({path, ", ", e.targets[i].words}));
    }

  private:
    std::vector<narrowing> features_, targets_;
};

/// Says that a file lacks the column of weights of the file that it is read like, and has one with a `near` name.
[[gnu::cold]] inline void say_other_weight(const csv_encoding& first, const std::string& near,
                                           const std::string& path) {
    if (near.empty()) return;
    const std::string& name = first.weights[0].which.name;
    std::fprintf(
        stderr,
        "strata: %s, line 1: there is no column '%s', which has the weights of the samples in %s. All weights are "
        "1 here. %s\n",
        path.c_str(), name.c_str(), first.path.c_str(), near.c_str());
}

/// Says where classes look like quantities or names: of more than 20 classes, one for every fifth sample or more, or
/// numbers that are not whole or stand far apart.
[[gnu::cold]] inline void say_many_classes(const csv_class_names& classes, std::size_t samples,
                                           const csv_encoding::column& target, const std::string& path) {
    const auto count = static_cast<std::size_t>(classes.size());
    if (count <= 20) return;
    bool odd = 5 * count > samples;
    if (classes.all_numbers()) {
        for (const auto& each : classes.decimals()) odd = odd || !each.first.whole();
        const auto value = [](const std::string& name) { return csv_number::of(name).value; };
        double low = value(classes.names()[0]), high = low;
        for (const std::string& name : classes.names()) {
            const double x = value(name);
            low = x < low ? x : low, high = x > high ? x : high;
        }
        odd = odd || high - low > 4 * static_cast<double>(count);
    }
    if (!odd) return;
    const std::string words = sentence(
        {"strata: note: ", path, ", ", target.words, ": the ", samples, " lines contain ", count, " different ",
         classes.all_numbers()
             ? "numbers, and each becomes a class. If this is a quantity, read the file with strata::data::csv_values."
             : "texts, and each becomes a class. Is this the class column?"});
    std::fprintf(stderr, "%s\n", words.c_str());
}

} // namespace strata::inline STRATA_ABI::data
