#pragma once
#include <cstddef>
#include <cstdio>
#include <strata/base/error.hpp>
#include <strata/base/seed.hpp>
#include <strata/base/sentence.hpp>
#include <strata/data/shuffle.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline v0_1::data {

/// Divides 0 … n − 1 at random into two disjoint, covering lists of indices, the first with round(fraction ·
/// n) members, each list in ascending order (so that reading it walks memory forwards).
///
/// Errors   shape_error when the fraction is not in (0, 1), or leaves one of the lists empty
[[nodiscard, gnu::cold]] inline std::pair<std::vector<std::size_t>, std::vector<std::size_t>>
split_indices(std::size_t n, double fraction, seed s) {
    char words[32];
    std::snprintf(words, sizeof words, "%f", fraction);
    if (!(fraction > 0 && fraction < 1))
        raise<shape_error>(sentence({"strata: a split takes a fraction between 0 and 1, both excluded, not ", words,
                                     ": split(0.9, seed) keeps nine tenths in the first part."}));
    const auto first = static_cast<std::size_t>(fraction * static_cast<double>(n) + 0.5);
    if (first == 0 || first >= n)
        raise<shape_error>(
            sentence({"strata: a split of ", n, " samples at ", words,
                      " leaves one part empty: choose a fraction nearer to the middle, or more samples."}));
    const auto order = permutation(n, s, 0, random_use::split);
    std::vector<unsigned char> in_first(n);
    for (std::size_t i = 0; i < first; ++i) in_first[order[i]] = 1;
    std::pair<std::vector<std::size_t>, std::vector<std::size_t>> parts{first, n - first};
    std::size_t *to_first = parts.first.data(), *to_second = parts.second.data();
    for (std::size_t i = 0; i < n; ++i) *(in_first[i] != 0 ? to_first : to_second)++ = i;
    return parts;
}

} // namespace strata::inline v0_1::data
