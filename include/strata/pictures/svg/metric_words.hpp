#pragma once
/// metric_words — the names of metrics and losses as a reader says them: "top_5" is "top-5 accuracy".
#include <strata/base/abi.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::pictures {

/// Any name in words: its namespaces and template arguments left out, "mean_absolute_error" and "meanAbsoluteError" as
/// "mean absolute error". An abbreviation keeps its capitals.
[[nodiscard, gnu::cold]] inline std::string words_of_name(std::string_view name) {
    name = name.substr(0, name.find('<'));
    if (const std::size_t scope = name.rfind("::"); scope != std::string_view::npos) name.remove_prefix(scope + 2);
    const auto upper = [&](std::size_t i) { return i < name.size() && name[i] >= 'A' && name[i] <= 'Z'; };
    const auto lower = [&](std::size_t i) { return i < name.size() && name[i] >= 'a' && name[i] <= 'z'; };
    std::string words;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool blank = name[i] == '_' || name[i] == ' ';
        const bool begins = i > 0 && upper(i) && lower(i - 1) && lower(i + 1);
        if ((blank || begins) && !words.empty() && words.back() != ' ') words += ' ';
        if (!blank) words += upper(i) && lower(i + 1) ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
    }
    while (!words.empty() && words.back() == ' ') words.pop_back();
    return words.empty() ? std::string(name) : words;
}

/// The name of a metric, as history's metric_names and columns have it, in words.
[[nodiscard, gnu::cold]] inline std::string words_of_metric(std::string_view name) {
    constexpr std::string_view error = "_standard_error";
    if (name.size() > error.size() && name.substr(name.size() - error.size()) == error)
        return "standard error of " + words_of_metric(name.substr(0, name.size() - error.size()));
    if (name.substr(0, 4) == "top_") return "top-" + std::string(name.substr(4)) + " accuracy";
    constexpr std::string_view known[][2] = {{"confusion_matrix", "accuracy"},
                                             {"binary_accuracy", "accuracy"},
                                             {"binary_precision", "precision"},
                                             {"binary_recall", "recall"},
                                             {"binary_f1", "F1"},
                                             {"macro_precision", "macro-averaged precision"},
                                             {"macro_recall", "macro-averaged recall"},
                                             {"macro_f1", "macro-averaged F1"},
                                             {"roc_auc", "ROC AUC"}};
    for (const auto& [of, words] : known)
        if (name.substr(0, name.find('<')) == of) return std::string(words);
    return words_of_name(name);
}

/// The name of a loss in words, for an axis.
[[nodiscard, gnu::cold]] inline std::string words_of_loss(std::string_view name) {
    if (name == "cross_entropy") return "cross-entropy loss";
    if (name == "binary_cross_entropy") return "binary cross-entropy loss";
    if (name == "l1") return "L1 loss";
    if (name == "huber") return "Huber loss";
    const std::string words = words_of_name(name);
    return words.find("error") != std::string::npos || words.find("loss") != std::string::npos ? words
                                                                                               : words + " loss";
}

/// Whether a metric's value over the epochs is a curve: that of a confusion matrix is the accuracy, which has its own,
/// and a standard error belongs to another.
[[nodiscard, gnu::cold]] inline bool is_curve(std::string_view name) {
    const auto ends_with = [&](std::string_view end) {
        return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
    };
    return words_of_name(name) != "confusion matrix" && !ends_with("_standard_error");
}

/// The first letter in upper case.
[[nodiscard, gnu::cold]] inline std::string capitalised(std::string words) {
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

} // namespace strata::inline STRATA_ABI::pictures
