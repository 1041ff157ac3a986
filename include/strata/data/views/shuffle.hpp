#pragma once
#include <cstddef>
#include <cstdint>
#include <exception>
#include <strata/base/error.hpp>
#include <strata/base/needs_exceptions.hpp>
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/random/seed.hpp>
#include <strata/base/words/sentence.hpp>
#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif
#include <vector>

namespace strata::inline STRATA_ABI::data {

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_order(std::size_t n) {
    raise(sentence({"strata: shuffling ", n, " samples needs ", n / 134'217'728,
                    " GiB of memory, more than is available. Read the data in order, .shuffle = false, or in parts: "
                    "strata::data::subset."}));
}

/// Memory for n indices.
/// Errors   error where the system has less
[[nodiscard, gnu::cold]] inline std::vector<std::size_t> places_for(std::size_t n) {
#if defined(_SC_PHYS_PAGES) && defined(_SC_PAGESIZE)
    // A system may promise more memory than it has, and end the program when that is used.
    const auto pages = ::sysconf(_SC_PHYS_PAGES), page = ::sysconf(_SC_PAGESIZE);
    if (pages > 0 && page > 0 && n / static_cast<std::size_t>(pages) > static_cast<std::size_t>(page) / sizeof(n))
        refuse_order(n);
#endif
#if defined(__cpp_exceptions)
    try {
        return std::vector<std::size_t>(n);
    } catch (const std::exception&) {
        refuse_order(n);
    }
#else
    return std::vector<std::size_t>(n);
#endif
}

} // namespace detail

/// permutation(n, seed, epoch) — the numbers 0 … n − 1 in random order, determined by seed and epoch.
/// Every order is equally likely.
///
/// Errors   error where there is no memory for them, 8 bytes each
/// Source   Fisher and Yates 1938, in Durstenfeld's form (Knuth, TAOCP 2, algorithm P), driven by Philox
[[nodiscard, gnu::noinline]] inline std::vector<std::size_t> permutation(std::size_t n, seed s, std::uint64_t epoch = 0,
                                                                         random_use use = random_use::shuffle) {
    std::vector<std::size_t> order = detail::places_for(n);
    for (std::size_t i = 0; i < n; ++i) order[i] = i;
    philox_stream random{s, use, epoch};
    for (std::size_t left = n; left > 1; --left) {
        const auto other = static_cast<std::size_t>(random.below(left));
        const std::size_t last = order[left - 1];
        order[left - 1] = order[other];
        order[other] = last;
    }
    return order;
}

} // namespace strata::inline STRATA_ABI::data
