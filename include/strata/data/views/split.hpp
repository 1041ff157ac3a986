#pragma once
#include <cstddef>
#include <cstdio>
#include <strata/base/error.hpp>
#include <strata/base/random/seed.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/views/shuffle.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

[[gnu::cold]] inline void check_fraction(double fraction) {
    if (fraction > 0 && fraction < 1) return;
    char words[32];
    std::snprintf(words, sizeof words, "%g", fraction);
    raise<shape_error>(sentence({"strata: a split fraction must be strictly between 0 and 1, not ", words,
                                 ": split(0.9, seed) puts nine tenths into the first part."}));
}
[[gnu::cold]] inline void check_fractions(double train, double validation) {
    if (train > 0 && validation > 0 && train + validation < 1) return;
    char words[64];
    std::snprintf(words, sizeof words, "%g and %g", train, validation);
    raise<shape_error>(
        sentence({"strata: a three-way split needs two fractions above 0 that add up to less than 1, not ", words,
                  ": split(0.8, 0.1, seed) leaves a tenth for testing."}));
}
[[noreturn, gnu::cold]] inline void refuse_empty_part(std::size_t n) {
    raise<shape_error>(sentence(
        {"strata: a split of ", n, " samples leaves one part empty. Use less extreme fractions, or more samples."}));
}

/// split_indices(n, fraction, seed) — divides 0 … n − 1 at random into two lists of indices.
///
/// The lists are disjoint and cover all indices; the first has round(fraction · n) members. Each is in ascending order,
/// so that reading it walks memory forwards.
///
/// Errors   shape_error when the fraction is not in (0, 1), or leaves one of the lists empty
[[nodiscard, gnu::cold]] inline std::pair<std::vector<std::size_t>, std::vector<std::size_t>>
split_indices(std::size_t n, double fraction, seed s) {
    check_fraction(fraction);
    const auto first = static_cast<std::size_t>(fraction * static_cast<double>(n) + 0.5);
    if (first == 0 || first >= n) refuse_empty_part(n);
    const auto order = permutation(n, s, 0, random_use::split);
    std::vector<unsigned char> in_first(n);
    for (std::size_t i = 0; i < first; ++i) in_first[order[i]] = 1;
    std::pair<std::vector<std::size_t>, std::vector<std::size_t>> parts{first, n - first};
    std::size_t *to_first = parts.first.data(), *to_second = parts.second.data();
    for (std::size_t i = 0; i < n; ++i) *(in_first[i] != 0 ? to_first : to_second)++ = i;
    return parts;
}

/// Three lists of indices, or three subsets.
template <class Part>
struct three_parts {
    Part train, validation, test;
};

/// Divides 0 … n − 1 at random into three disjoint, covering lists, in ascending order: round(train · n)
/// indices, the same that split_indices(n, train, s) puts into its first list, round(validation · n), and the
/// rest.
///
/// Errors   shape_error when a fraction is not in (0, 1), their sum is not below 1, or a list stays empty
[[nodiscard, gnu::cold]] inline three_parts<std::vector<std::size_t>> split_indices(std::size_t n, double train,
                                                                                    double validation, seed s) {
    check_fractions(train, validation);
    const auto first = static_cast<std::size_t>(train * static_cast<double>(n) + 0.5);
    const auto second = first + static_cast<std::size_t>(validation * static_cast<double>(n) + 0.5);
    if (first == 0 || second == first || second >= n) refuse_empty_part(n);
    const auto order = permutation(n, s, 0, random_use::split);
    std::vector<unsigned char> part(n);
    for (std::size_t i = 0; i < n; ++i) part[order[i]] = i < first ? 0 : i < second ? 1 : 2;
    three_parts<std::vector<std::size_t>> parts;
    std::vector<std::size_t>* const lists[] = {&parts.train, &parts.validation, &parts.test};
    for (std::size_t i = 0; i < n; ++i) lists[part[i]]->push_back(i);
    return parts;
}

} // namespace strata::inline STRATA_ABI::data
