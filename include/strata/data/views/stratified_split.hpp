#pragma once
#include <cmath>
#include <cstddef>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/random/seed.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/missing_member.hpp>
#include <strata/data/views/shuffle.hpp>
#include <strata/data/views/split.hpp>
#include <strata/data/views/subset.hpp>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// The class of every sample of a data set, read alone where the set has `label(i)`, else with the sample.
template <labelled Data>
[[nodiscard]] std::vector<int> labels_of(const Data& data) {
    std::vector<int> labels(data.size());
    if constexpr (requires { static_cast<int>(data.label(std::size_t{})); }) {
        for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = data.label(i);
    } else {
        std::vector<float> sample(static_cast<std::size_t>(data.sample_shape().size()));
        for (std::size_t i = 0; i < labels.size(); ++i) {
            class_index c;
            read_as<float>(data, i, key{}, std::span<float>(sample), c);
            labels[i] = c.value;
        }
    }
    return labels;
}

/// Deals the samples out to parts with the given shares (their sum is 1), so that of every class each part
/// gets its share rounded up or down, and the rounding of one class makes good that of those before it: the
/// parts' sizes are near their shares too. The seed determines which samples; each list is in ascending
/// order.
///
/// Errors   shape_error where a part stays empty
[[nodiscard, gnu::cold]] inline std::vector<std::vector<std::size_t>>
stratified_indices(std::span<const int> labels, int classes, std::span<const double> shares, seed s) {
    const std::size_t parts = shares.size(), n = labels.size();
    std::vector<std::size_t> members(static_cast<std::size_t>(classes));
    for (const int label : labels) {
        if (label < 0 || label >= classes)
            raise<shape_error>(
                sentence({"strata: class ", label, " is out of range in a stratified split: the data set has ", classes,
                          " classes, numbered from 0."}));
        ++members[static_cast<std::size_t>(label)];
    }
    // left[c · parts + p]: how many of class c part p still gets.
    std::vector<std::size_t> left(members.size() * parts);
    std::vector<double> owed(parts),
        rest(parts); // what the parts got too little of so far; of this class alone
    for (std::size_t c = 0; c < members.size(); ++c) {
        std::size_t* const counts = left.data() + c * parts;
        std::size_t given = 0;
        for (std::size_t p = 0; p < parts; ++p) {
            const double share = shares[p] * static_cast<double>(members[c]);
            // A share that rounding left a hair away from a whole number is that number: 0.7 · 10, 0.1 · 30.
            const double whole = std::abs(share - std::round(share)) < 1e-6 ? std::round(share) : std::floor(share);
            counts[p] = static_cast<std::size_t>(whole);
            rest[p] = share - whole;
            owed[p] += rest[p];
            given += counts[p];
        }
        for (; given < members[c]; ++given) {
            std::size_t to = parts;
            for (std::size_t p = 0; p < parts; ++p)
                if (rest[p] > 1e-6 && (to == parts || owed[p] > owed[to] + 1e-9)) to = p;
            if (to == parts) to = 0;                   // only where the shares do not sum to 1
            ++counts[to], owed[to] -= 1, rest[to] = 0; // never two: the share is rounded up or down
        }
    }
    std::vector<std::size_t> part(n);
    for (const std::size_t i : permutation(n, s, 0, random_use::split)) {
        std::size_t* const counts = left.data() + static_cast<std::size_t>(labels[i]) * parts;
        std::size_t p = 0;
        while (counts[p] == 0) ++p;
        --counts[p];
        part[i] = p;
    }
    std::vector<std::vector<std::size_t>> lists(parts);
    for (std::size_t i = 0; i < n; ++i) lists[part[i]].push_back(i);
    for (const auto& list : lists)
        if (list.empty())
            raise<shape_error>(
                sentence({"strata: a stratified split of ", n, " samples of ", classes, " classes leaves one of ",
                          parts, " parts empty. Use other fractions, or more samples."}));
    return lists;
}

namespace detail {

/// What is no data set, or one whose targets are no classes: one error says so.
template <class Data>
struct explained_classes : explained_data_set<Data> {
    static_assert(!dense_targets<Data>,
                  "strata: stratified_split was given a data set whose targets are values, and it keeps the shares of "
                  "classes. Use data::split.");
};
template <class Data>
[[nodiscard]] std::vector<std::vector<std::size_t>> stratified_parts(const Data& data, std::span<const double> shares,
                                                                     seed s) {
    if constexpr (labelled<Data> && data_set<Data>)
        return stratified_indices(labels_of(data), data.classes(), shares, s);
    else return std::vector<std::vector<std::size_t>>(shares.size());
}

} // namespace detail

/// stratified_split(data, fraction, seed) — two or three disjoint subsets in which every class keeps its share.
///
///   auto [fitted_on, held_out] = data::stratified_split(train, 0.9, strata::seed{1});
///   auto [train, validation, test] = data::stratified_split(all, 0.7, 0.15, strata::seed{1});
///
/// Shares are exact within one sample. The test part is the rest.
/// Errors   shape_error for a fraction outside (0, 1), or one that leaves a part empty
template <class Data>
[[nodiscard]] auto stratified_split(const Data& data, double fraction, seed s) {
    [[maybe_unused]] const detail::explained_classes<Data> said_once;
    check_fraction(fraction);
    const double shares[] = {fraction, 1 - fraction};
    auto parts = detail::stratified_parts(data, shares, s);
    return std::pair{subset_of(data, std::move(parts[0])), subset_of(data, std::move(parts[1]))};
}

/// Three such subsets, to train on, to validate with, and the rest to test with.
/// Errors   shape_error where a fraction is not above 0, their sum not below 1, or a part stays empty
template <class Data>
[[nodiscard]] auto stratified_split(const Data& data, double train, double validation, seed s) {
    [[maybe_unused]] const detail::explained_classes<Data> said_once;
    check_fractions(train, validation);
    const double shares[] = {train, validation, 1 - train - validation};
    auto parts = detail::stratified_parts(data, shares, s);
    using part = decltype(subset_of(data, std::move(parts[0])));
    return three_parts<part>{subset_of(data, std::move(parts[0])), subset_of(data, std::move(parts[1])),
                             subset_of(data, std::move(parts[2]))};
}

} // namespace strata::inline STRATA_ABI::data
