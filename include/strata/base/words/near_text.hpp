#pragma once
/// letters_apart(a, b, most) — how many letters have to be put in, left out or changed to make b of a, usable in
/// constant evaluation; more than `most` is most + 1. For "did you mean".
/// Source   Levenshtein 1966; Ukkonen 1985 for the band of the table that is looked at
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::core {

constexpr int letters_apart(const char* a, const char* b, int most) {
    constexpr int longest = 63;
    int m = 0, n = 0;
    while (a[m] != 0 && m <= longest) ++m;
    while (b[n] != 0 && n <= longest) ++n;
    if (m > longest || n > longest || m - n > most || n - m > most) return most + 1;
    int row[longest + 1]{}; // how far the beginning of a that was read is from each beginning of b
    for (int j = 0; j <= n; ++j) row[j] = j;
    for (int i = 1; i <= m; ++i) {
        const int first = i > most ? i - most : 1, last = i + most < n ? i + most : n;
        int diagonal = row[first - 1], least = most + 1;
        row[first - 1] = first == 1 ? i : most + 1;
        for (int j = first; j <= last; ++j) {
            const int above = j == i + most ? most + 1 : row[j], left = row[j - 1];
            int here = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            if (above + 1 < here) here = above + 1;
            if (left + 1 < here) here = left + 1;
            diagonal = row[j];
            row[j] = here;
            if (here < least) least = here;
        }
        if (least > most) return most + 1;
    }
    return row[n] < most + 1 ? row[n] : most + 1;
}

} // namespace strata::inline STRATA_ABI::core
